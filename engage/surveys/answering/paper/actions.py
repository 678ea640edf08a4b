"""What the team types for others: sheets by digits, once or twice, and calls."""

from __future__ import annotations

import json
from collections.abc import Collection
from enum import StrEnum

from engage.accounts.models import Account
from engage.core import keys
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal import actions as journal
from engage.surveys.answering import actions as answering
from engage.surveys.answering import queries as waves
from engage.surveys.answering.given import Given
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Sheet, Wave
from engage.surveys.answering.paper import queries

Marks = dict[str, list[str]]


class Outcome(StrEnum):
    """What became of an entry. First: it waits for the second; differs: both must be settled."""

    COUNTED = "counted"
    FIRST = "first"
    DIFFERS = "differs"


def type_sheet(
    wave: Wave, said: Marks, answers: list[Given], *, number: int, submission_key: str, by: Account
) -> Outcome:
    """Take one entry of the sheet `number`: what was typed, and what it answers. Sent again, it is the same.

    Raises Refused for a sheet that counts already, and when the wave takes no sheet now.
    """
    held = queries.sheet(wave, number)
    if held is not None and held.waiting is None:
        if waves.pending(submission_key) is not None:
            return Outcome.COUNTED
        raise Refused(_("Sheet %(number)d was typed already.", number=number))
    if held is None and wave.double_entry:
        return _keep_first(wave, said, number, submission_key, by)
    if held is not None and _key_of_first(held) == submission_key:
        return Outcome.FIRST
    if held is not None and differences(held, said):
        return Outcome.DIFFERS
    _count(wave, answers, number, submission_key, by)
    return Outcome.COUNTED


def agree(
    wave: Wave,
    settled: Collection[str],
    answers: list[Given],
    *,
    number: int,
    seen: str,
    submission_key: str,
    by: Account,
) -> None:
    """Count a sheet whose two entries differed at the questions `settled`, as `seen` shows.

    Raises Refused when no such difference was shown.
    """
    if seen != seal(waiting_sheet(wave, number), settled):
        raise Refused(_("Please type this sheet once more: its first entry has changed."))
    _count(wave, answers, number, submission_key, by)


def type_call(wave: Wave, answers: list[Given], *, submission_key: str, by: Account) -> bool:
    """Take what somebody answered on the phone; whether it is new. Sent again, it is the same call."""
    if waves.pending(submission_key) is not None:
        return False
    answering.send(wave, answers, channel=ChannelKind.PHONE, submission_key=submission_key)
    journal.record("call typed", "wave", wave.code, by=by)
    return True


def waiting_sheet(wave: Wave, number: int) -> Sheet:
    """The sheet whose first entry waits for its second. Raises Refused when there is none."""
    held = queries.sheet(wave, number)
    if held is None or held.waiting is None:
        raise Refused(_("Please type this sheet once more: its first entry has changed."))
    return held


def first_entry(held: Sheet) -> Marks:
    marks: Marks = json.loads(held.waiting or "{}")["said"]
    return marks


def differences(held: Sheet, said: Marks) -> list[str]:
    """The keys of the questions that the two entries tell differently."""
    first = first_entry(held)
    return [key for key, marks in said.items() if first.get(key, []) != marks]


def seal(held: Sheet, settled: Collection[str]) -> str:
    """Shows that the difference in these questions was seen, by who settles it."""
    return keys.digest("sheet entries", f"{held.wave_id} {held.number} {held.waiting} {sorted(settled)}")


def _key_of_first(held: Sheet) -> str:
    return str(json.loads(held.waiting or "{}").get("key"))


def _keep_first(wave: Wave, said: Marks, number: int, submission_key: str, by: Account) -> Outcome:
    if not waves.is_open(wave) or waves.channel(wave, ChannelKind.PAPER) is None:
        raise Refused(_("This wave takes no paper sheet now."))
    waiting = json.dumps({"key": submission_key, "said": said})
    db.session.add(Sheet(wave_id=wave.id, number=number, waiting=waiting))
    journal.record("sheet typed once", "wave", wave.code, by=by, note=str(number))
    return Outcome.FIRST


def _count(wave: Wave, answers: list[Given], number: int, submission_key: str, by: Account) -> None:
    wordless = [answer._replace(words="") for answer in answers]  # handwriting never enters
    answering.send(wave, wordless, channel=ChannelKind.PAPER, submission_key=submission_key)
    held = queries.sheet(wave, number) or Sheet(wave_id=wave.id, number=number)
    held.waiting = None
    db.session.add(held)
    journal.record("sheet typed", "wave", wave.code, by=by, note=str(number))
