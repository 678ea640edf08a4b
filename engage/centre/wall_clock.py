"""What a clock on the wall of the centre says, as moments: also on the two nights when clocks are changed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from engage.core.clock import moment_at
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.render import day as said


def moments(day: date, starts: time, minutes: int, zone: str) -> tuple[datetime, datetime]:
    """When it starts and ends, in UTC. Raises Refused for a time that does not exist on that day."""
    starts_at = moment_at(day, starts, zone)
    if starts_at is None:
        raise Refused(jumped_over(day))
    return starts_at, starts_at + timedelta(minutes=minutes)


def jumped_over(day: date) -> str:
    """What to say of an hour that does not exist on that day."""
    return _("Clocks go forward on the night of %(day)s: this hour does not exist.", day=said(day))


def ends_at(starts: time, minutes: int) -> time:
    """What the clock shows when it is over."""
    return (datetime.combine(date.min, starts) + timedelta(minutes=minutes)).time()
