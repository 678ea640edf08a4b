"""A relay brings an idea in somebody's words, and the answer back to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engage.accounts.models import Account
from engage.core.clock import now
from engage.ideas import actions as ideas
from engage.ideas.models import Idea
from engage.intake.models import Door
from engage.involvement.carrying import actions as carrying
from engage.journal import actions as journal
from engage.outbox.models import Message, State
from engage.relaying.queries import IDEA


def bring_idea(*, person: str, consented_at: datetime, by: Account, **said: Any) -> Idea:
    """Sent again with the same `submission_key` it is the same idea."""
    idea, _code = ideas.receive(**said, first_name=person, door=Door.RELAY, entered_by=by)
    if idea.entered_by_id == by.id:
        carrying.carry(IDEA, idea.code, relay=by, person=person, consented_at=consented_at)
    return idea


def tell(message: Message, *, by: Account) -> None:
    """The person has heard it. What the team told meanwhile stays theirs; twice is once."""
    if message.state is State.WAITING:
        message.state, message.told_at = State.TOLD, now()
        message.told_by_id, message.told_by_name = by.id, by.full_name
        journal.record("message told", "message", message.code, by=by, note=_about(message))


def untell(message: Message, *, by: Account) -> None:
    """They have not heard it after all. Only who said so may take it back."""
    if message.state is State.TOLD and message.told_by_id == by.id:
        message.state, message.told_at = State.WAITING, None
        message.told_by_id, message.told_by_name = None, ""
        journal.record("message untold", "message", message.code, by=by, note=_about(message))


def _about(message: Message) -> str:
    return f"{message.about_kind} {message.about_ref}"
