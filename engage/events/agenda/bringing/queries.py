"""What a relay signed others up for: dates, and groups."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.events.joining import queries as joining
from engage.events.joining.models import Member
from engage.events.joining.queries import Coming
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp


def _brought(relay: Account) -> Select[SignUp]:
    """By this person, while the date is not over; who signed up alone is nobody else's business."""
    rows = select(SignUp).join(SignUp.occurrence).join(Occurrence.event)
    theirs = rows.where(SignUp.entered_by_id == relay.id, Occurrence.ends_at > now())
    return theirs.options(contains_eager(SignUp.occurrence).contains_eager(Occurrence.event))


def brought(relay: Account) -> Sequence[SignUp]:
    """The next dates first."""
    return db.session.scalars(_brought(relay).order_by(Occurrence.starts_at, SignUp.id)).all()


def get(code: str, relay: Account) -> SignUp:
    """Aborts with 404 for what somebody else did."""
    return db.session.scalars(_brought(relay).where(SignUp.code == code)).one_or_none() or abort(404)


def _members(relay: Account) -> Select[Member]:
    """By this person, as long as they belong to the group."""
    rows = select(Member).where(Member.entered_by_id == relay.id, Member.left_at.is_(None))
    return rows.options(joinedload(Member.event))


def members(relay: Account) -> Sequence[Member]:
    """Who joined last comes first."""
    return db.session.scalars(_members(relay).order_by(Member.id.desc())).all()


def member(code: str, relay: Account) -> Member:
    """Aborts with 404 for whom somebody else brought, and for who has left."""
    return db.session.scalars(_members(relay).where(Member.code == code)).one_or_none() or abort(404)


def coming(member: Member) -> list[Coming]:
    """The next dates they were signed up for with the group; what they signed up for alone is their own."""
    return [
        one
        for one in joining.coming(member)
        if one.sign_up and one.sign_up.submission_key == joining.key_of(member, one.occurrence)
    ]


def on(member: Member, date: str) -> SignUp:
    """Their sign-up for the date of this code. Aborts with 404."""
    found = (one.sign_up for one in coming(member) if one.occurrence.code == date)
    return next(found, None) or abort(404)
