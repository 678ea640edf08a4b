"""Dates that come back by a rule (RFC 5545, 3.3.10): weekly, every two weeks or monthly, with a last day.

Rules stand on days of the wall calendar: the hour is kept apart, so that clocks never move a walk.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dateutil.rrule import rrulestr

from engage.core.errors import Refused
from engage.core.i18n import gettext as _

LONGEST = timedelta(days=731)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
UNDERSTOOD = re.compile(
    r"FREQ=(?:WEEKLY(?:;INTERVAL=2)?|MONTHLY;BYDAY=(?:[1-4]|-1)(?:MO|TU|WE|TH|FR|SA|SU)"
    r"|MONTHLY;BYMONTHDAY=\d{1,2});UNTIL=(\d{8})"
)


class Comes(StrEnum):
    """How dates come back, as a person would say it."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_WEEKDAY = "monthly_weekday"
    MONTHLY_DATE = "monthly_date"


def rule(comes: Comes, first_day: date, last_day: date) -> str:
    """The rule of a series that begins on `first_day`."""
    return f"{_pattern(comes, first_day)};UNTIL={last_day:%Y%m%d}"


def _pattern(comes: Comes, first_day: date) -> str:
    if comes is Comes.MONTHLY_WEEKDAY:
        return f"FREQ=MONTHLY;BYDAY={which_week(first_day)}{WEEKDAYS[first_day.weekday()]}"
    if comes is Comes.MONTHLY_DATE:
        return f"FREQ=MONTHLY;BYMONTHDAY={first_day.day}"
    return "FREQ=WEEKLY;INTERVAL=2" if comes is Comes.FORTNIGHTLY else "FREQ=WEEKLY"


def which_week(day: date) -> int:
    """The how-manieth of its weekday in the month; −1: the fifth, which is always the last."""
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1


def comes(text: str) -> Comes:
    """How the dates of a rule come back."""
    if "BYDAY" in text:
        return Comes.MONTHLY_WEEKDAY
    if "BYMONTHDAY" in text:
        return Comes.MONTHLY_DATE
    return Comes.FORTNIGHTLY if "INTERVAL=2" in text else Comes.WEEKLY


def last_day(text: str) -> date:
    return datetime.strptime(text.rpartition("UNTIL=")[2], "%Y%m%d").date()  # noqa: DTZ007  (a day of the wall)


def check(text: str, first_day: date) -> None:
    """Raises Refused for a rule without end, too often, or longer than two years."""
    if "UNTIL=" not in text:
        raise Refused(_("A series needs a last day. Please choose one, at most two years later."))
    if not UNDERSTOOD.fullmatch(text):
        raise Refused(_("A series comes back every week, every two weeks or every month, not otherwise."))
    ends = _last_day_or_none(text)
    if ends is None or ends < first_day:
        raise Refused(_("The last day comes before the first one. Please choose a later one."))
    if ends - first_day > LONGEST:
        raise Refused(_("A series lasts two years at most. Please choose an earlier last day."))


def _last_day_or_none(text: str) -> date | None:
    try:
        return last_day(text)
    except ValueError:
        return None


def days(text: str, first_day: date, *, since: date | None = None, until: date | None = None) -> list[date]:
    """The days of the rule from `since` to `until`, both included; the first and last ones unless given."""
    dates = rrulestr(text, dtstart=datetime.combine(first_day, time()))
    since, until = since or first_day, until or last_day(text)
    found = dates.between(datetime.combine(since, time()), datetime.combine(until, time()), inc=True)
    return [moment.date() for moment in found]


def moved(text: str, old_first: date, new_first: date) -> tuple[str, dict[date, date]]:
    """The same rhythm from another first day, and which day each old one becomes.

    As many days as before: the last one goes as far as it must.
    """
    old = days(text, old_first)
    pattern = _pattern(comes(text), new_first)
    far = rrulestr(f"{pattern};COUNT={len(old)}", dtstart=datetime.combine(new_first, time()))
    new = [moment.date() for moment in far]
    return f"{pattern};UNTIL={new[-1]:%Y%m%d}", dict(zip(old, new, strict=True))
