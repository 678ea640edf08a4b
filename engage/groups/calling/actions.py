"""What the team does with a call: draft it, publish it, close it, begin another one from it."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from sqlalchemy import delete

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.keys import public_code
from engage.groups.calling import queries
from engage.groups.calling.models import MOST_QUESTIONS, Call, CallQuestion, CallState
from engage.groups.models import Side
from engage.journal import actions as journal

SHEET = ("what", "time", "duration", "training", "costs", "companion", "who_decides")


class Written(TypedDict):
    """What is written of a call; `questions` in their order."""

    group_id: int | None
    side: Side
    title: str
    what: str
    time: str
    duration: str
    training: str
    costs: str
    companion: str
    who_decides: str
    places: int | None
    closes_on: date | None
    questions: list[str]


def create(*, by: Account, code: str = "", **written: Unpack[Written]) -> Call:
    """A draft that only who steers can see. `code`: its public code, when it is known before."""
    call = Call(created_at=now(), code=code or public_code())
    _write(call, written)
    db.session.add(call)
    db.session.flush()
    _ask(call, written["questions"])
    journal.record("call created", "call", call.code, by=by, note=call.title)
    return call


def edit(call: Call, *, version: int, by: Account, **written: Unpack[Written]) -> None:
    """Raises Refused when somebody else changed it meanwhile, it is closed, or the day is past."""
    if call.version != version:
        raise Refused(_("Someone else has just changed this call. Please look again before you send."))
    if call.state is CallState.CLOSED:
        raise Refused(_("This call is closed. Copy it to begin another one."))
    if call.state is CallState.PUBLISHED and _changes_questions(call, written["questions"]):
        raise Refused(_("The questions stay: people have read them. Copy the call to ask others."))
    _write(call, written)
    if call.state is CallState.PUBLISHED:
        _refuse_unready(call)
    else:
        _ask(call, written["questions"])
    journal.record("call edited", "call", call.code, by=by, note=call.title)


def _write(call: Call, written: Written) -> None:
    _refuse_past(written["closes_on"])
    for name, value in written.items():
        if name != "questions":
            setattr(call, name, value)


def _refuse_past(closes_on: date | None) -> None:
    if closes_on and closes_on < centre_today():
        raise Refused(_("The closing day is past. Choose today or a later day."))


def _changes_questions(call: Call, questions: list[str]) -> bool:
    return [text for text in questions if text] != queries.questions(call)


def _ask(call: Call, questions: list[str]) -> None:
    asked = [text for text in questions if text]
    if len(asked) > MOST_QUESTIONS:
        raise Refused(_("Three questions at most: each one more makes people give up."))
    db.session.execute(delete(CallQuestion).filter_by(call_id=call.id))
    db.session.add_all(
        CallQuestion(call_id=call.id, position=place, text=text) for place, text in enumerate(asked, 1)
    )
    db.session.flush()


def _refuse_unready(call: Call) -> None:
    if call.group and call.group.is_closed:
        raise Refused(_("This group is closed. Choose another one, or none."))
    if not call.closes_on:
        raise Refused(_("Say until which day one may apply."))
    _refuse_past(call.closes_on)
    if not all(getattr(call, name) for name in SHEET):
        raise Refused(_("The role sheet is not whole yet. Fill each part: people decide by it."))


def publish(call: Call, *, by: Account) -> None:
    """Everybody sees it. Twice is once. Raises Refused without a whole role sheet and a day to come."""
    if call.state is CallState.PUBLISHED:
        return
    if call.state is CallState.CLOSED:
        raise Refused(_("This call is closed. Copy it to begin another one."))
    _refuse_unready(call)
    call.state, call.published_at = CallState.PUBLISHED, now()
    journal.record("call published", "call", call.code, by=by, note=call.title)


def close(call: Call, *, by: Account) -> None:
    """Nobody applies any more; who applied is still answered. Twice is once. Raises Refused for a draft."""
    if call.state is CallState.DRAFT:
        raise Refused(_("This call was never published: throw the draft away instead."))
    if call.state is CallState.PUBLISHED:
        call.state, call.closed_at = CallState.CLOSED, now()
        journal.record("call closed", "call", call.code, by=by, note=call.title)


def copy(call: Call, *, by: Account, code: str = "") -> Call:
    """A new draft with the same words and questions, and no day yet; `code` as above."""
    kept = ("group_id", "side", "title", "places", *SHEET)
    twin = Call(created_at=now(), code=code or public_code(), **{name: getattr(call, name) for name in kept})
    db.session.add(twin)
    db.session.flush()
    _ask(twin, queries.questions(call))
    journal.record("call copied", "call", twin.code, by=by, note=twin.title)
    return twin


def discard(call: Call, *, by: Account) -> None:
    """Throw a draft away. Raises Refused for what people have seen."""
    if call.state is not CallState.DRAFT:
        raise Refused(_("People have seen this call: close it instead."))
    journal.record("call discarded", "call", call.code, by=by, note=call.title)
    db.session.delete(call)
