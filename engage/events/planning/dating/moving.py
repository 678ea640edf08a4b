"""Changing dates: this one, this one and those after it, or all to come; the past stays as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.models import Occurrence, Series
from engage.events.planning import queries as planned
from engage.events.planning.dating import making, queries, series
from engage.events.planning.dating.making import Hours


class Scope(StrEnum):
    """Which dates of a series a change is for."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


def following(occurrence: Occurrence, scope: Scope) -> Sequence[Occurrence]:
    """The dates that a change is for and that will take place. Raises Refused for one that will not."""
    if occurrence.starts_at <= now():
        raise Refused(_("This date has begun or is over: what was stays as it was."))
    if occurrence.is_cancelled:
        raise Refused(_("This date is cancelled: it cannot be changed any more."))
    row = queries.series_of(occurrence)
    if row is None or scope is Scope.THIS:
        return [occurrence]
    since = occurrence.series_day if scope is Scope.FOLLOWING else None
    return [one for one in queries.to_come(row, since=since) if not one.is_cancelled]


def shift(occurrence: Occurrence, day: date, hours: Hours, scope: Scope) -> list[Occurrence]:
    """Change these dates; those whose people must hear of it. Dates changed apart keep what was changed."""
    row = queries.series_of(occurrence)
    dates, closed_at = following(occurrence, scope), occurrence.closes_at
    if row is None or scope is Scope.THIS:
        moved = [occurrence] if making.put(occurrence, day, hours) else []
        occurrence.is_changed = row is not None
    else:
        days = _split(row, occurrence, day, hours, dates[0])
        moved = [one for one in dates if _follows(one, occurrence) and making.put(one, days[one.id], hours)]
    for one in dates:
        one.sequence += 1
    making.refuse_past(moved)
    if occurrence.closes_at != closed_at:
        making.refuse_closed((occurrence,))
    making.refuse_overlap(planned.coming(occurrence.event))
    return moved


def _follows(one: Occurrence, edited: Occurrence) -> bool:
    return not one.is_changed or one.id == edited.id


def _split(row: Series, edited: Occurrence, day: date, hours: Hours, first: Occurrence) -> Mapping[int, date]:
    """End the series before `first` and go on with a new one; the day of each date by its id."""
    old_first = first.series_day or first.day
    text, days = _new_days(row, old_first, edited, day)
    successor = Series(
        event_id=row.event_id,
        rule=text,
        first_day=days[old_first],
        starts=hours.starts,
        minutes=hours.minutes,
        exceptions=sorted(_moved_exceptions(row, days)),
        made_until=_made_until(row, days),
        ended_on=_ended_on(row, days[old_first] - old_first),
    )
    db.session.add(successor)
    db.session.flush()
    dates = queries.to_come(row, since=old_first)
    row.ended_on = old_first - timedelta(days=1)
    for one in dates:
        one.series_id, one.series_day = successor.id, days[one.series_day or one.day]
    return {one.id: one.series_day or one.day for one in dates}


def _ended_on(row: Series, by: timedelta) -> date | None:
    """Earlier than the rule says, if it was called off from a date on."""
    is_early = row.ended_on is not None and row.ended_on < series.last_day(row.rule)
    return row.ended_on + by if row.ended_on and is_early else None


def _made_until(row: Series, days: Mapping[date, date]) -> date | None:
    made = (new for old, new in days.items() if row.made_until and old <= row.made_until)
    return max(made, default=None)


def _new_days(row: Series, old_first: date, edited: Occurrence, day: date) -> tuple[str, dict[date, date]]:
    """The rule from its first date to come, and which day each of its days becomes."""
    anchor = edited.series_day or edited.day
    if day == anchor:
        return row.rule, {one: one for one in series.days(row.rule, old_first)}
    text, days = series.moved(row.rule, old_first, old_first + (day - anchor))
    if days[anchor] != day:
        raise Refused(
            _("With this rhythm the date falls on another day. Choose “This date and those after it”.")
        )
    return text, days


def _moved_exceptions(row: Series, days: Mapping[date, date]) -> set[str]:
    left_out = {date.fromisoformat(day) for day in row.exceptions}
    return {days[day].isoformat() for day in left_out if day in days}
