"""When each reminder is due, and until when it still serves: on the clock of the wall, never in the night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from engage.core.clock import local
from engage.events.reminding.models import DeliveryKind
from engage.outbox.quiet import by_day

HOURS_BEFORE = timedelta(hours=2)
THANKS_HOUR = time(10)
THANKS_SERVE = timedelta(days=5)


class When(NamedTuple):
    """It is due from `due` on; from `late` on it serves nobody any more."""

    due: datetime
    late: datetime


def _same_hour(starts_at: datetime, days: int, zone: str) -> datetime:
    """What the clock showed so many days before: a walk at ten is ten, also when clocks change in between."""
    shown = local(starts_at, zone).replace(tzinfo=None) - timedelta(days=days)
    return shown.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _week(starts_at: datetime, _ends_at: datetime, zone: str) -> When:
    return When(by_day(_same_hour(starts_at, 7, zone), zone), _same_hour(starts_at, 3, zone))


def _day(starts_at: datetime, _ends_at: datetime, zone: str) -> When:
    return When(by_day(_same_hour(starts_at, 1, zone), zone), starts_at - HOURS_BEFORE)


def _hours(starts_at: datetime, _ends_at: datetime, zone: str) -> When:
    return When(by_day(starts_at - HOURS_BEFORE, zone), starts_at)


def _thanks(starts_at: datetime, ends_at: datetime, zone: str) -> When:
    """At ten the next day; of the day it began, unless it ends later than that."""
    due = _at_ten(local(starts_at, zone))
    if due < ends_at:
        due = _at_ten(local(ends_at, zone))
    return When(due, ends_at + THANKS_SERVE)


def _at_ten(there: datetime) -> datetime:
    tomorrow = there.date() + timedelta(days=1)
    return datetime.combine(tomorrow, THANKS_HOUR, there.tzinfo).astimezone(UTC)


OF_KIND: dict[DeliveryKind, Callable[[datetime, datetime, str], When]] = {
    DeliveryKind.WEEK: _week,
    DeliveryKind.DAY: _day,
    DeliveryKind.HOURS: _hours,
    DeliveryKind.THANKS: _thanks,
}


def when(kind: DeliveryKind, starts_at: datetime, ends_at: datetime, zone: str) -> When:
    """Never between 20:00 and 8:00 on the wall clock of `zone`."""
    return OF_KIND[kind](starts_at, ends_at, zone)
