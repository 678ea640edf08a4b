"""Series, and the dates they made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.events.kinds import EventState
from engage.events.models import Event, Occurrence, Series


def event_of(row: Series) -> Event:
    return db.session.get_one(Event, row.event_id)


def series_of(occurrence: Occurrence) -> Series | None:
    return db.session.get(Series, occurrence.series_id) if occurrence.series_id else None


def last_made(row: Series) -> Occurrence | None:
    """The latest date of the series, one that was not changed apart if there is any."""
    rows = select(Occurrence).filter_by(series_id=row.id)
    return db.session.scalars(
        rows.order_by(Occurrence.is_changed, Occurrence.series_day.desc()).limit(1)
    ).first()


def to_come(row: Series, *, since: date | None = None) -> Sequence[Occurrence]:
    """Dates of the series that have not begun, cancelled ones too, from this day of the rule on."""
    rows = select(Occurrence).where(Occurrence.series_id == row.id, Occurrence.starts_at > now())
    if since:
        rows = rows.where(Occurrence.series_day >= since)
    return db.session.scalars(rows.order_by(Occurrence.series_day)).all()


def to_extend(ahead: timedelta) -> Sequence[Series]:
    """Series that go on and whose dates are not all made that far ahead."""
    rows = select(Series).join(Event, Event.id == Series.event_id).where(Event.state != EventState.CANCELLED)
    horizon = centre_today() + ahead
    short = or_(Series.made_until.is_(None), Series.made_until < horizon)
    goes_on = or_(Series.ended_on.is_(None), Series.ended_on > Series.made_until)
    return db.session.scalars(rows.where(short, goes_on).order_by(Series.id)).all()
