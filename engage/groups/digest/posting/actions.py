"""Printing papers with the addresses on them, and noting that they are posted."""

from __future__ import annotations

from collections.abc import Sequence

from engage.accounts.models import Account
from engage.core.clock import now
from engage.groups.digest.posting import paper, queries
from engage.groups.digest.posting.queries import Letter
from engage.journal import actions as journal
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind, State


def print_letters(letters: Sequence[Letter], *, by: Account) -> None:
    """Whoever prints reads where people live: that is noted."""
    for letter in letters:
        journal.record("papers printed", "account", str(letter.account.actor_id), by=by)


def post(keys: Sequence[str], *, by: Account) -> int:
    """Note that these papers are on their way; how many of them still waited. Twice is once."""
    found = queries.waiting(keys)
    for letter, one in found:
        message = queries.message(one.key) or outbox.write(
            key=one.key,
            kind=Kind.NEWS,
            channel=Channel.LETTER,
            subject=paper.named(one),
            body=paper.named(one),
            address=letter.address,
            person=letter.account.full_name,
            about=("group", one.group.code),
            whom=letter.account.whom,
        )
        if message:
            message.state, message.told_at = State.TOLD, now()
            message.told_by_id, message.told_by_name = by.id, by.full_name
            journal.record("papers posted", "meeting", one.meeting.code, by=by)
    return len(found)
