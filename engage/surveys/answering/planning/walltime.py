"""What a clock on the wall says, as a moment: also on the two nights when that clock is moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def moment_at(day: date, hour: time, zone: str, *, last: bool = False) -> datetime | None:
    """The moment when clocks of `zone` show this; None when they jump over it.

    In the hour that comes twice it is the first one, or the `last`.
    """
    there = ZoneInfo(zone)
    shown = datetime.combine(day, hour).replace(fold=int(last), tzinfo=there)
    moment = shown.astimezone(UTC)
    again = moment.astimezone(there)
    return moment if again.replace(tzinfo=None) == datetime.combine(day, hour) else None
