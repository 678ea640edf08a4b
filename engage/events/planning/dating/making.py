"""Making dates: each checked against the clock, and against the other dates of its event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from engage.centre.queries import zone
from engage.centre.wall_clock import moments
from engage.core.clock import local, now
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.render import moment
from engage.events.models import Event, Occurrence


@dataclass(frozen=True)
class Hours:
    """What dates made or moved together share; sign-up closes `closes_hours` before they start."""

    starts: time
    minutes: int
    closes_hours: int
    place: str = ""
    note: str = ""


def closes_hours(occurrence: Occurrence) -> int:
    """How many hours before its start sign-up closes, on the clock of the wall."""
    closes = local(occurrence.closes_at, zone()).replace(tzinfo=None)
    return round((datetime.combine(occurrence.day, occurrence.starts) - closes) / timedelta(hours=1))


def _closes_at(day: date, hours: Hours) -> datetime:
    """The day before at ten is at ten, also when clocks change in between."""
    shown = datetime.combine(day, hours.starts) - timedelta(hours=hours.closes_hours)
    return shown.replace(tzinfo=ZoneInfo(zone())).astimezone(UTC)


def put(occurrence: Occurrence, day: date, hours: Hours) -> bool:
    """Give the date its day, hours and place; whether people must hear of it.

    Raises Refused for an hour that does not exist on that day.
    """
    before = (occurrence.starts_at, occurrence.ends_at, occurrence.place)
    occurrence.starts_at, occurrence.ends_at = moments(day, hours.starts, hours.minutes, zone())
    occurrence.closes_at = _closes_at(day, hours)
    occurrence.day, occurrence.starts, occurrence.minutes = day, hours.starts, hours.minutes
    occurrence.place, occurrence.note, occurrence.changed_at = hours.place, hours.note, now()
    return before != (occurrence.starts_at, occurrence.ends_at, occurrence.place)


def made(event: Event, day: date, hours: Hours, *, series_id: int | None = None) -> Occurrence:
    """A date that stands nowhere yet. Raises Refused for an hour that does not exist on that day."""
    occurrence = Occurrence(
        event_id=event.id,
        series_id=series_id,
        series_day=day if series_id else None,
        capacity=event.capacity,
        reserved=event.reserved_places,
    )
    put(occurrence, day, hours)
    return occurrence


def refuse_past(occurrences: Iterable[Occurrence]) -> None:
    """Raises Refused for a date that would have begun already."""
    for one in occurrences:
        if one.starts_at <= now():
            raise Refused(_("%(moment)s is past. Please choose a later day.", moment=moment(one.starts_at)))


def refuse_closed(occurrences: Iterable[Occurrence]) -> None:
    """Raises Refused for a date to which nobody could sign up any more."""
    for one in occurrences:
        if one.closes_at <= now():
            when = moment(one.starts_at)
            sentence = _("Sign-up for %(moment)s would already be closed. Let it close later.", moment=when)
            raise Refused(sentence)


def refuse_overlap(occurrences: Iterable[Occurrence]) -> None:
    """Raises Refused when two of these dates of one event take place at the same time."""
    if twice := overlap(occurrences):
        raise Refused(
            _("This event already has a date at that time: %(moment)s.", moment=moment(twice.starts_at))
        )


def overlap(occurrences: Iterable[Occurrence]) -> Occurrence | None:
    """The first one that begins before the one before it has ended."""
    ordered = sorted((one for one in occurrences if not one.cancelled_at), key=lambda one: one.starts_at)
    pairs = pairwise(ordered)
    return next((later for earlier, later in pairs if later.starts_at < earlier.ends_at), None)


def fits(one: Occurrence, others: Sequence[Occurrence]) -> bool:
    """Whether no other date is at the same time."""
    return overlap((one, *(other for other in others if _touches(one, other)))) is None


def _touches(one: Occurrence, other: Occurrence) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
