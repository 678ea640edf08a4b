"""Erasing what is no longer needed, and what a person wants erased."""

from __future__ import annotations

from collections.abc import Sequence

from engage.accounts import actions as accounts
from engage.accounts.models import Account
from engage.core.clock import now
from engage.ideas.models import Idea
from engage.intake.models import Reply
from engage.journal.actions import record
from engage.privacy import queries


def erase_contact(idea: Idea) -> None:
    """Forget how to reach the author of an idea, in the idea and in every message about it."""
    idea.contact, idea.first_name = None, ""
    idea.reply = Reply.NONE
    idea.contact_erased_at = now()
    record("contact erased", "idea", idea.code, by=None)


def erase_old_contacts(months: int, *, limit: int = 200) -> int:
    """Erase contacts of ideas closed for longer than `months`, with proof in the journal; how many."""
    ideas = queries.erasable(months, limit)
    for idea in ideas:
        erase_contact(idea)
    _blank([idea.code for idea in ideas])
    return len(ideas)


def _blank(refs: Sequence[str]) -> None:
    for message in queries.messages_about(refs):
        message.address = message.address_digest = message.person = None
        message.body = ""


def erase_me(me: Account) -> None:
    """Erase an account; its ideas stay without any trace of who said them.

    Raises Refused for the last administrator.
    """
    ideas = queries.my_ideas(me)
    for idea in ideas:
        erase_contact(idea)
    _blank([idea.code for idea in ideas])
    accounts.erase(me)
