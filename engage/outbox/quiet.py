"""The hours in which nothing that can wait rings at somebody's home."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engage.core.clock import local

MORNING, NIGHT = time(8), time(20)
BEFORE_NIGHT = time(19, 30)


def is_quiet(moment: datetime, zone: str) -> bool:
    """From 20:00 until just before 8:00 on the wall clock of `zone`."""
    return not MORNING <= local(moment, zone).time() < NIGHT


def by_day(moment: datetime, zone: str) -> datetime:
    """The moment itself; one in the quiet hours becomes 19:30 of the evening in which they began."""
    there = local(moment, zone)
    if not is_quiet(moment, zone):
        return moment
    evening = there.date() - timedelta(days=there.time() < MORNING)
    return datetime.combine(evening, BEFORE_NIGHT, ZoneInfo(zone)).astimezone(UTC)
