"""Telling people by hand: looking up how to reach them, noting that it is done, mending a mistake."""

from __future__ import annotations

from collections.abc import Iterable

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal import actions as journal
from engage.outbox import sending
from engage.outbox.models import SENT_BY_US, Message, State
from engage.outbox.queries import STUCK
from engage.outreach import queries
from engage.outreach.queries import Reader

OPEN = STUCK | {State.WAITING}


def reveal(reader: Reader, *, by: Account) -> None:
    """Note that `by` looks at how to reach this person. Raises Refused when nothing is left to tell."""
    if not reader.messages:
        raise Refused(_("Somebody has just told this person."))
    journal.record("contact viewed", "message", reader.code, by=by, note=_about(reader.messages))


def tell(codes: Iterable[str], *, by: Account) -> list[Message]:
    """Note that `by` told these people; what somebody already noted stays theirs. Gives back what is new."""
    told, at = [message for message in queries.by_codes(codes) if _is_open(message)], now()
    for message in told:
        message.state, message.told_at = State.TOLD, at
        message.told_by_id, message.told_by_name = by.id, by.full_name
        journal.record("message told", "message", message.code, by=by, note=_about([message]))
    return told


def _is_open(message: Message) -> bool:
    return message.state in (STUCK if message.channel in SENT_BY_US else OPEN)


def untell(message: Message, *, by: Account) -> None:
    """It was not told after all, with what was told beside it: back to the list. Twice is once."""
    for one in queries.told_with(message):
        one.state = one.untold
        one.told_at, one.told_by_id, one.told_by_name = None, None, ""
        journal.record("message untold", "message", one.code, by=by, note=_about([one]))


def send_again(message: Message, *, by: Account) -> None:
    """Try the mail or SMS once more. Raises Refused when it is already on its way, or told."""
    if message.channel not in SENT_BY_US or message.state not in STUCK:
        raise Refused(_("This message is already on its way, or somebody has told the person."))
    sending.send_again(message)
    journal.record("mail sent again", "message", message.code, by=by, note=_about([message]))


def print_list(readers: list[Reader], *, by: Account) -> None:
    """Note that the contacts of all these people went onto paper."""
    codes = " ".join(message.code for reader in readers for message in reader.messages)
    journal.record("call list printed", "messages", "", by=by, note=codes)


def _about(messages: list[Message]) -> str:
    return ", ".join(f"{message.about_kind} {message.about_ref}" for message in messages if message.about_ref)
