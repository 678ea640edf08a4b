"""Giving an event its dates, one by one or as a series, and calling dates off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from engage.accounts.models import Account
from engage.centre.queries import centre_today, zone
from engage.core.clock import moment_at, now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.kinds import EventState
from engage.events.models import Event, Occurrence, Series
from engage.events.planning import queries as planned
from engage.events.planning import telling
from engage.events.planning.dating import making, queries, series
from engage.events.planning.dating.making import Hours
from engage.events.planning.dating.moving import Scope, following, shift
from engage.events.signing import actions as signing
from engage.events.signing import places
from engage.journal import actions as journal

AHEAD = timedelta(days=183)
MOST_AT_ONCE = 20


def add_dates(event: Event, days: Iterable[date], hours: Hours, *, by: Account) -> list[Occurrence]:
    """One date or several, at the same hours. Raises Refused for a date that cannot be."""
    _refuse_cancelled(event)
    dates = [making.made(event, day, hours) for day in sorted(set(days))]
    if len(dates) > MOST_AT_ONCE:
        raise Refused(
            _("At most %(most)d dates at once. Please add the others afterwards.", most=MOST_AT_ONCE)
        )
    _refuse_impossible(event, dates)
    db.session.add_all(dates)
    journal.record("dates added", "event", event.code, by=by, note=str(len(dates)))
    return dates


def _refuse_impossible(event: Event, dates: Sequence[Occurrence]) -> None:
    making.refuse_past(dates)
    making.refuse_closed(dates)
    making.refuse_overlap((*planned.coming(event), *dates))


def _refuse_cancelled(event: Event) -> None:
    if event.state is EventState.CANCELLED:
        raise Refused(_("This event is cancelled. Copy it to offer it again."))


def add_series(
    event: Event, rule: str, first_day: date, hours: Hours, *, exceptions: Iterable[date] = (), by: Account
) -> Series:
    """Dates that come back. Raises Refused for a rule we do not take, or a date that cannot be.

    Those of the next six months are made now, the clock makes the others.
    """
    _refuse_cancelled(event)
    series.check(rule, first_day)
    row = Series(
        event_id=event.id,
        rule=rule,
        first_day=first_day,
        starts=hours.starts,
        minutes=hours.minutes,
        exceptions=sorted({day.isoformat() for day in exceptions}),
    )
    db.session.add(row)
    db.session.flush()
    dates = _next(event, row, hours)
    if not dates:
        raise Refused(_("No date is left in the next six months. Please keep one at least."))
    _refuse_impossible(event, dates)
    db.session.add_all(dates)
    journal.record("series added", "event", event.code, by=by, note=rule)
    return row


def _next(event: Event, row: Series, hours: Hours) -> list[Occurrence]:
    """The dates that the rule makes up to six months ahead and that were not made yet.

    A day on which the hour does not exist is none of them (RFC 5545, 3.3.10).
    """
    last = min(series.last_day(row.rule), row.ended_on or date.max)
    until = min(centre_today() + AHEAD, last)
    row.ended_on = last if until == last else row.ended_on
    since = max(row.first_day, row.made_until + timedelta(days=1) if row.made_until else row.first_day)
    row.made_until = max(until, row.made_until or until)
    days = series.days(row.rule, row.first_day, since=since, until=until)
    kept = (day for day in days if day.isoformat() not in row.exceptions and _exists(day, hours.starts))
    return [making.made(event, day, hours, series_id=row.id) for day in kept]


def _exists(day: date, hour: time) -> bool:
    return moment_at(day, hour, zone()) is not None


def extend(row: Series) -> int:
    """Make the dates that have come within six months, like the last one that was made; how many."""
    event = queries.event_of(row)
    last = queries.last_made(row)
    hours = Hours(
        starts=row.starts,
        minutes=row.minutes,
        closes_hours=making.closes_hours(last) if last else 0,
        place=last.place if last else "",
    )
    held = planned.coming(event)
    dates = [one for one in _next(event, row, hours) if one.starts_at > now() and making.fits(one, held)]
    db.session.add_all(dates)
    return len(dates)


def move(occurrence: Occurrence, day: date, hours: Hours, scope: Scope, *, sequence: int, by: Account) -> int:
    """Change this date, it and those after it, or all to come; how many parties are told of it.

    Raises Refused when somebody else changed it meanwhile, or when it cannot be so.
    """
    places.lock_running(occurrence.id)
    if occurrence.sequence != sequence:
        raise Refused(_("Somebody changed this date meanwhile. Please look at it again."))
    moved = shift(occurrence, day, hours, scope)
    db.session.flush()
    note = f"{scope} {occurrence.day.isoformat()}"
    journal.record("dates moved", "occurrence", occurrence.code, by=by, note=note)
    return telling.tell_moved(moved)


def cancel_dates(occurrence: Occurrence, scope: Scope, *, why: str, by: Account) -> int:
    """Call off this date, it and those after it, or all to come; everyone is told; how many dates."""
    dates: Sequence[Occurrence] = following(occurrence, scope)
    signing.cancel_occurrences(dates, why, by=by)
    row = queries.series_of(occurrence)
    if row is not None and scope is not Scope.THIS and dates:
        row.ended_on = min(one.series_day for one in dates if one.series_day) - timedelta(days=1)
        journal.record("series ended", "event", occurrence.event.code, by=by, note=row.ended_on.isoformat())
    return len(dates)
