"""Events as the team sees them: what comes next, what is full, who waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import contains_eager, defer

from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.render import moment
from engage.events.after.needs import queries as prepared
from engage.events.kinds import ACTIVE, EventState, SignUpState
from engage.events.models import Event, Occurrence, Series
from engage.events.signing.models import SignUp
from engage.groups.models import Group
from engage.groups.registry import Subject
from engage.uploads.models import Upload

MOST_DATES, MOST_EVENTS = 40, 200
PREPARE = timedelta(days=7)


class DateLine(NamedTuple):
    """A date to come, how many parties wait for a place, and how many need something to be prepared."""

    occurrence: Occurrence
    waiting: int
    needs: int

    @property
    def is_over(self) -> bool:
        return self.occurrence.ends_at <= now()

    @property
    def will_be(self) -> bool:
        return not self.is_over and not self.occurrence.is_cancelled


class EventLine(NamedTuple):
    """An event, its next date that takes place, and how many of those there are."""

    event: Event
    next_at: datetime | None
    coming: int


def has_people(event: Event) -> bool:
    """Whether anybody ever signed up for a date of this event."""
    rows = select(SignUp.id).join(SignUp.occurrence).where(Occurrence.event_id == event.id)
    return db.session.scalars(rows.limit(1)).first() is not None


def shows(upload: Upload) -> bool:
    """Whether an event still shows this photo."""
    return db.session.scalars(select(Event.id).filter_by(photo_id=upload.id).limit(1)).first() is not None


def _to_come() -> tuple[ColumnElement[bool], ...]:
    return Occurrence.ends_at > now(), Occurrence.cancelled_at.is_(None)


def coming(event: Event) -> Sequence[Occurrence]:
    """The dates of this event that will take place, the nearest first."""
    rows = select(Occurrence).where(Occurrence.event_id == event.id, *_to_come())
    return db.session.scalars(rows.order_by(Occurrence.starts_at, Occurrence.id)).all()


def series(event: Event) -> Sequence[Series]:
    """What comes back by a rule and is not over."""
    rows = select(Series).filter_by(event_id=event.id)
    goes_on = or_(Series.ended_on.is_(None), Series.ended_on >= centre_today())
    return db.session.scalars(rows.where(goes_on).order_by(Series.first_day, Series.id)).all()


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    rows = select(func.count()).where(SignUp.occurrence_id == Occurrence.id, *conditions)
    return rows.correlate(Occurrence).scalar_subquery()


def asking() -> ColumnElement[bool]:
    """Dates with something to do: a need of this week that is not prepared, or somebody waits for a place."""
    shown = select(Event.id).where(Event.state == EventState.PUBLISHED)
    theirs = select(SignUp.id).where(SignUp.occurrence_id == Occurrence.id).correlate(Occurrence)
    needs = theirs.where(SignUp.state.in_(ACTIVE), prepared.is_open()).exists()
    waits = theirs.where(SignUp.state == SignUpState.WAITING).exists()
    is_near = Occurrence.starts_at < now() + PREPARE
    return and_(Occurrence.event_id.in_(shown), *_to_come(), or_(waits, and_(is_near, needs)))


def first_asking() -> tuple[Occurrence, int] | None:
    """The nearest of these dates with its event, and how many there are."""
    rows = select(Occurrence, func.count().over()).join(Occurrence.event).where(asking())
    rows = rows.options(contains_eager(Occurrence.event).defer(Event.online_link))
    row = db.session.execute(rows.order_by(Occurrence.starts_at, Occurrence.id).limit(1)).first()
    return (row[0], row[1]) if row else None


def _lines() -> Select[Occurrence, int, int]:
    waiting = _count(SignUp.state == SignUpState.WAITING)
    needs = _count(SignUp.state.in_(ACTIVE), prepared.is_open())
    rows = select(Occurrence, waiting, needs).join(Occurrence.event)
    return rows.options(contains_eager(Occurrence.event).defer(Event.online_link))


def next_dates() -> list[DateLine]:
    """The next dates of published events, each with who waits and who needs something."""
    rows = _lines().where(Event.state == EventState.PUBLISHED, *_to_come())
    ordered = rows.order_by(Occurrence.starts_at, Occurrence.id).limit(MOST_DATES)
    return [DateLine(*row) for row in db.session.execute(ordered)]


def dates(event: Event) -> list[DateLine]:
    """The dates of this event that are not over, cancelled ones too, then the last ones that are."""
    rows = _lines().where(Occurrence.event_id == event.id)
    is_over = Occurrence.ends_at <= now()
    ahead = case((is_over, None), else_=Occurrence.starts_at)
    ordered = rows.order_by(is_over, ahead, Occurrence.starts_at.desc()).limit(MOST_EVENTS)
    return [DateLine(*row) for row in db.session.execute(ordered)]


def of_group(group: Group) -> list[Subject]:
    """The events to come that this group proposes, the next one first: each with its next date."""
    rows = select(Occurrence).join(Occurrence.event).options(contains_eager(Occurrence.event))
    coming = rows.where(Event.group_id == group.id, Event.state == EventState.PUBLISHED)
    coming = coming.where(Occurrence.starts_at > now(), Occurrence.cancelled_at.is_(None))
    found: dict[int, Occurrence] = {}
    for one in db.session.scalars(coming.order_by(Occurrence.starts_at, Occurrence.id).limit(MOST_DATES)):
        found.setdefault(one.event_id, one)
    return [
        Subject(
            "event", one.code, one.event.title, url_for("events.show", code=one.code), moment(one.starts_at)
        )
        for one in found.values()
    ]


def everything() -> list[EventLine]:
    """Every event: drafts, then what comes next, then what is over, the latest first."""
    dates: Any = select(
        Occurrence.event_id, func.min(Occurrence.starts_at).label("next_at"), func.count().label("coming")
    ).where(*_to_come()).group_by(Occurrence.event_id).subquery()  # fmt: skip
    rows = select(Event, dates.c.next_at, func.coalesce(dates.c.coming, 0))
    rows = rows.outerjoin(dates, dates.c.event_id == Event.id).options(defer(Event.online_link))
    ordered = rows.order_by(
        Event.state != EventState.DRAFT, dates.c.next_at.is_(None), dates.c.next_at, Event.id.desc()
    )
    return [EventLine(*row) for row in db.session.execute(ordered.limit(MOST_EVENTS))]
