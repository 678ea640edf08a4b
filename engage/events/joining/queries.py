"""Who belongs to a group, the dates that await them, and which of those they said they would miss."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import abort
from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.events.joining.models import Member
from engage.events.kinds import ACTIVE, EventState, SigningUp, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.signing.models import SignUp

AHEAD = timedelta(weeks=8)
"""How far ahead people are signed up: pages and mails stay small."""


def key_of(member: Member, occurrence: Occurrence) -> str:
    """The submission key of the sign-up of this member for this date: written once whatever happens."""
    return f"member {member.code} {occurrence.code}"


class Coming(NamedTuple):
    """A date of a group, and the sign-up of one member for it; None while there is none."""

    occurrence: Occurrence
    sign_up: SignUp | None

    @property
    def is_open(self) -> bool:
        """Whether people may still sign up, or change their mind."""
        return not self.occurrence.is_cancelled and self.occurrence.closes_at > now()

    @property
    def comes(self) -> bool:
        return self.sign_up is not None and self.sign_up.state in ACTIVE

    @property
    def is_offered(self) -> bool:
        return self.sign_up is not None and self.sign_up.state is SignUpState.OFFERED


def by_code(code: str) -> Member:
    """With its event. Aborts with 404."""
    rows = select(Member).filter_by(code=code).options(joinedload(Member.event), joinedload(Member.account))
    return db.session.scalars(rows).one_or_none() or abort(404)


def by_submission(key: str) -> Member | None:
    """What was made of this form, when it was sent before."""
    return db.session.scalars(select(Member).filter_by(submission_key=key)).one_or_none()


def active_of(event: Event, person: str | None) -> Member | None:
    """The membership of this person (a digest)."""
    if person is None:
        return None
    rows = select(Member).filter_by(event_id=event.id, person_digest=person)
    return db.session.scalars(rows.where(Member.left_at.is_(None))).one_or_none()


def members(event: Event) -> Sequence[Member]:
    """Who belongs to the group now, in the order they came."""
    rows = select(Member).filter_by(event_id=event.id).where(Member.left_at.is_(None))
    return db.session.scalars(rows.order_by(Member.id)).all()


def of_sign_up(sign_up: SignUp) -> Member | None:
    """Who belongs to the group of this date under this name."""
    return active_of(sign_up.occurrence.event, sign_up.person_digest)


def counts(event: Event) -> tuple[int, int]:
    """How many parties belong to the group, and how many people they are."""
    rows = select(func.count(), func.coalesce(func.sum(Member.party), 0))
    here = rows.where(Member.event_id == event.id, Member.left_at.is_(None))
    parties, people = db.session.execute(here).one()
    return int(parties), int(people)


def of_account(account: Account) -> Sequence[Member]:
    """The groups that this person belongs to."""
    rows = select(Member).filter_by(account_id=account.id).options(joinedload(Member.event))
    return db.session.scalars(rows.where(Member.left_at.is_(None)).order_by(Member.id)).all()


def every_of_account(account: Account) -> Sequence[Member]:
    """Also those they left."""
    rows = select(Member).filter_by(account_id=account.id).options(joinedload(Member.event))
    return db.session.scalars(rows.order_by(Member.id)).all()


def _soon() -> tuple[ColumnElement[bool], ...]:
    return Occurrence.starts_at > now(), Occurrence.starts_at < now() + AHEAD


def _open() -> tuple[ColumnElement[bool], ...]:
    """Dates for which people may sign up, of events that are joined once."""
    return (
        *_soon(),
        Occurrence.cancelled_at.is_(None),
        Occurrence.closes_at > now(),
        Event.state == EventState.PUBLISHED,
        Event.signing_up != SigningUp.NONE,
        Event.is_joined_once.is_(True),
    )


def _dates() -> Select[Occurrence]:
    rows = select(Occurrence).join(Occurrence.event).options(contains_eager(Occurrence.event))
    return rows.order_by(Occurrence.id)


def to_sign_up(event: Event) -> Sequence[Occurrence]:
    """The dates for which a new member is signed up at once; in the order in which dates are locked."""
    return db.session.scalars(_dates().where(Occurrence.event_id == event.id, *_open())).all()


def _key() -> ColumnElement[str]:
    return literal("member ") + Member.code + " " + Occurrence.code


def _is_missing() -> ColumnElement[bool]:
    """A member whom nobody ever signed up for the date, and who could come."""
    same: Any = or_(SignUp.submission_key == _key(), SignUp.person_digest == Member.person_digest)
    there = select(SignUp.id).where(SignUp.occurrence_id == Occurrence.id, same)
    fits = or_(Occurrence.capacity.is_(None), Member.party <= Occurrence.capacity)
    return Member.left_at.is_(None) & fits & ~there.correlate(Member, Occurrence).exists()


def to_fill() -> Sequence[Occurrence]:
    """The dates that some member is not signed up for although they have come near."""
    missing = select(Member.id).where(Member.event_id == Occurrence.event_id, _is_missing())
    return db.session.scalars(_dates().where(*_open(), missing.correlate(Occurrence).exists())).all()


def missing(occurrence: Occurrence) -> Sequence[Member]:
    """Who is to be signed up for this date, in the order they joined."""
    rows = select(Member).join(Occurrence, Occurrence.event_id == Member.event_id)
    there = rows.where(Occurrence.id == occurrence.id, _is_missing()).options(joinedload(Member.account))
    return db.session.scalars(there.order_by(Member.id)).all()


def _theirs(member: Member) -> ColumnElement[bool]:
    """Their sign-ups, those of the group and others."""
    of_group: ColumnElement[bool] = SignUp.submission_key.startswith(f"member {member.code} ")
    if member.person_digest is None:
        return of_group
    return of_group | (SignUp.person_digest == member.person_digest)


def coming(member: Member) -> list[Coming]:
    """The next dates of the group, each with how this member stands on it: where they come, else the last."""
    rows = select(Occurrence, SignUp).join(Occurrence.event).options(contains_eager(Occurrence.event))
    theirs = (SignUp.occurrence_id == Occurrence.id) & _theirs(member)
    dates = rows.outerjoin(SignUp, theirs).where(Occurrence.event_id == member.event_id, *_soon())
    found: dict[int, Coming] = {}
    for occurrence, sign_up in db.session.execute(dates.order_by(Occurrence.starts_at, SignUp.id)):
        if occurrence.id not in found or not found[occurrence.id].comes:
            found[occurrence.id] = Coming(occurrence, sign_up)
    return list(found.values())


def on(member: Member, code: str) -> Coming:
    """How this member stands on the date `code`. Aborts with 404."""
    found = (one for one in coming(member) if one.occurrence.code == code)
    return next(found, None) or abort(404)


def to_come(member: Member) -> Sequence[SignUp]:
    """The sign-ups that change, or end, with the membership; in the order in which dates are locked."""
    rows = (
        select(SignUp)
        .join(SignUp.occurrence)
        .where(
            SignUp.submission_key.startswith(f"member {member.code} "),
            SignUp.state.in_(ACTIVE),
            Occurrence.ends_at > now(),
        )
    )
    return db.session.scalars(rows.order_by(Occurrence.id)).all()


def to_forget(before: datetime) -> Sequence[Member]:
    """Who left before this moment, or whose group has met no more since, and is still named."""
    met = select(Occurrence.id).where(Occurrence.event_id == Member.event_id, Occurrence.ends_at >= before)
    is_over = (Member.joined_at < before) & ~met.correlate(Member).exists()
    rows = select(Member).where(Member.name.is_not(None), or_(Member.left_at < before, is_over))
    return db.session.scalars(rows.order_by(Member.id)).all()
