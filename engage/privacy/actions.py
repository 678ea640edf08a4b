"""Erasing what is no longer needed, and what a person wants erased."""

from __future__ import annotations

from engage.accounts import actions as accounts
from engage.accounts.models import Account
from engage.centre import actions as centres
from engage.core.clock import now
from engage.events.after.hours import actions as hours
from engage.events.joining import actions as groups
from engage.events.signing import actions as signing
from engage.groups.belonging import actions as belonging
from engage.groups.calling.applying import actions as applications
from engage.groups.meeting.attending import actions as attending
from engage.groups.partnering import actions as partnering
from engage.ideas.models import Idea
from engage.ideas.paper import actions as boxes
from engage.intake.models import Reply
from engage.involvement import actions as involvement
from engage.involvement.sources import actions as sources
from engage.journal.actions import record
from engage.outbox import actions as outbox
from engage.pages.rounds import forgetting as readings
from engage.pages.writing import takeout as pages
from engage.privacy import queries


def erase_contact(idea: Idea) -> None:
    """Forget how to reach the author of an idea, in the idea and in what was written to them about it."""
    outbox.forget_reader([idea.contact], about=("idea", idea.code))
    idea.contact, idea.first_name = None, ""
    idea.reply = Reply.NONE
    idea.contact_erased_at = now()
    record("contact erased", "idea", idea.code, by=None)


def erase_old_contacts(months: int, *, limit: int = 200) -> int:
    """Erase contacts of ideas closed for longer than `months`, with proof in the journal; how many."""
    ideas = queries.erasable(months, limit)
    for idea in ideas:
        erase_contact(idea)
    return len(ideas)


def erase_me(me: Account) -> None:
    """Erase an account; its ideas stay without any trace of who said them, its places go to who waits.

    Raises Refused for the last administrator.
    """
    letters = queries.posted_to(me)
    applications.forget_person(me)
    involvement.forget_account(me)
    sources.forget_person(me)
    groups.forget_person(me)
    signing.forget_person(me)
    hours.forget_person(me)
    partnering.forget_person(me)
    attending.forget_person(me)
    belonging.forget_person(me)
    pages.forget_person(me)
    boxes.forget_person(me)
    centres.forget_person(me)
    for idea in queries.my_ideas(me):
        erase_contact(idea)
    readings.forget_person(me)
    outbox.forget_reader([me.email, me.phone, me.whom, *letters])
    outbox.forget_teller(me.id)
    accounts.erase(me)
