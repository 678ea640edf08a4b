"""The only clock: UTC inside, the centre's wall time on pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime, zone: str) -> datetime:
    """The same moment on the wall clock of `zone` (an IANA name)."""
    return moment.astimezone(ZoneInfo(zone))


def today(zone: str) -> date:
    return local(now(), zone).date()


def ago(**span: float) -> datetime:
    """The moment `timedelta(**span)` before now."""
    return now() - timedelta(**span)
