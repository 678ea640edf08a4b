"""Days that come back each month, as people say them: the second Tuesday, or the 14th."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum

DAYS_IN_WEEK = 7


class Repeat(StrEnum):
    ONCE = "once"
    WEEKDAY = "weekday"
    DATE = "date"


def days(first: date, repeat: Repeat, count: int) -> list[date]:
    """`first` and the same day of the months that follow, `count` in all."""
    if repeat is Repeat.ONCE:
        return [first]
    same = _same_weekday if repeat is Repeat.WEEKDAY else _same_date
    months = (first.month - 1 + number for number in range(count))
    return [same(first, first.year + month // 12, month % 12 + 1) for month in months]


def _same_weekday(first: date, year: int, month: int) -> date:
    """A fifth Tuesday is the last one in months that have four."""
    opening, length = monthrange(year, month)
    day = 1 + (first.weekday() - opening) % DAYS_IN_WEEK + (first.day - 1) // DAYS_IN_WEEK * DAYS_IN_WEEK
    return date(year, month, day if day <= length else day - DAYS_IN_WEEK)


def _same_date(first: date, year: int, month: int) -> date:
    """The 31st is the last day of shorter months."""
    return date(year, month, min(first.day, monthrange(year, month)[1]))
