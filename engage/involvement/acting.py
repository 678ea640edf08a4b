"""A first small act of somebody who is on the way already."""

from __future__ import annotations

from flask import has_request_context, session

from engage.accounts.models import Account
from engage.intake.models import Reply
from engage.involvement import queries
from engage.involvement.actions import move
from engage.involvement.models import Person, Stage
from engage.involvement.sources.queries import KEPT

HERE = (KEPT, "interest")  # what the browser of somebody holds who came by a way in, or said a wish


def acted(
    account: Account | None, *, reply: Reply, contact: str | None, name: str, by: Account | None = None
) -> None:
    """Who sent an idea, or signed up, did a first act; nobody goes down by it.

    Only who is on the way by their own wish, found by their account or contact: to act is no wish to be
    accompanied, so nobody new is met by it. Nothing is asked of the database for a stranger whose browser
    came by no way in; `by` wrote it for somebody.
    """
    person = _person(account, reply, contact, name, by)
    if person is not None and queries.ORDER.index(person.stage) < queries.ORDER.index(Stage.FIRST_ACT):
        move(person, Stage.FIRST_ACT, by=account or by)


def _person(
    account: Account | None, reply: Reply, contact: str | None, name: str, by: Account | None
) -> Person | None:
    if account is not None:
        return queries.of_account(account, is_locked=True)
    if not contact or not (by or _is_known_here()):
        return None
    return queries.reached_by(queries.contact_digest(reply, contact), name, is_locked=True)


def _is_known_here() -> bool:
    return has_request_context() and any(name in session for name in HERE)
