"""Weeks that begin on Monday morning, on the clock of the centre."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from engage.core.clock import local

MORNING = time(7)


class Week(NamedTuple):
    """`opens`: Monday morning, in UTC; clocks are never changed at that hour."""

    monday: date
    opens: datetime

    @property
    def name(self) -> str:
        """As in ISO 8601: `2026-W48`."""
        year, number, _day = self.monday.isocalendar()
        return f"{year}-W{number:02}"


def of(moment: datetime, zone: str) -> Week:
    """The week that was opened last."""
    wall = local(moment, zone)
    monday = wall.date() - timedelta(days=wall.weekday())
    week = _opened(monday, zone)
    return week if week.opens <= moment else before(week, zone)


def before(week: Week, zone: str) -> Week:
    return _opened(week.monday - timedelta(days=7), zone)


def _opened(monday: date, zone: str) -> Week:
    return Week(monday, datetime.combine(monday, MORNING, ZoneInfo(zone)).astimezone(UTC))
