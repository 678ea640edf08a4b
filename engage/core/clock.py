"""The only clock: UTC inside, the centre's wall time on pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime, zone: str) -> datetime:
    """The same moment on the wall clock of `zone` (an IANA name)."""
    return moment.astimezone(ZoneInfo(zone))


def moment_at(day: date, hour: time, zone: str, *, last: bool = False) -> datetime | None:
    """The moment in UTC when clocks of `zone` show this; None when they jump over it.

    An hour that comes twice is the first one (RFC 5545, 3.3.5), or with `last` the second.
    """
    there = ZoneInfo(zone)
    shown = datetime.combine(day, hour).replace(fold=int(last))
    moment = shown.replace(tzinfo=there).astimezone(UTC)
    return moment if moment.astimezone(there).replace(tzinfo=None) == datetime.combine(day, hour) else None


def today(zone: str) -> date:
    return local(now(), zone).date()


def ago(**span: float) -> datetime:
    """The moment `timedelta(**span)` before now."""
    return now() - timedelta(**span)
