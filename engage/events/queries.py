"""Events and their dates, as everyone and as the team sees them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from engage.core.db import db
from engage.events.kinds import EventState
from engage.events.models import Event, EventQuestion, Occurrence

SHOWN = (EventState.PUBLISHED, EventState.CANCELLED)


def event_or_none(code: str) -> Event | None:
    """An event in any state."""
    rows = select(Event).filter_by(code=code)
    rows = rows.options(joinedload(Event.referent), joinedload(Event.theme), joinedload(Event.photo))
    return db.session.scalars(rows).one_or_none()


def get_event(code: str) -> Event:
    """The same, for the team. Aborts with 404."""
    return event_or_none(code) or abort(404)


def _dates() -> Select[Occurrence]:
    event = contains_eager(Occurrence.event)
    rows = select(Occurrence).join(Occurrence.event).outerjoin(Event.theme).outerjoin(Event.photo)
    return rows.options(event.contains_eager(Event.theme), event.contains_eager(Event.photo))


def get_occurrence(code: str) -> Occurrence:
    """A date that everyone may see: published, or cancelled since. Aborts with 404."""
    rows = _dates().where(Occurrence.code == code, Event.state.in_(SHOWN))
    return db.session.scalars(rows).one_or_none() or abort(404)


def any_occurrence(code: str) -> Occurrence:
    """A date of an event in any state, for the team. Aborts with 404."""
    return db.session.scalars(_dates().where(Occurrence.code == code)).one_or_none() or abort(404)


def questions(event: Event) -> Sequence[EventQuestion]:
    """What the organiser asks of who signs up, in order."""
    rows = select(EventQuestion).filter_by(event_id=event.id)
    return db.session.scalars(rows.order_by(EventQuestion.position)).all()
