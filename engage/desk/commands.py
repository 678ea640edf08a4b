"""What the clock does for the team: the morning mail and reminders, on working days."""

from __future__ import annotations

from datetime import date, datetime, time

from engage.centre import queries as centre_queries
from engage.core.clock import local, now
from engage.core.db import db
from engage.core.jobs import Job
from engage.desk import actions

FROM, UNTIL = time(7, 30), time(11)
SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and not centre_queries.is_closed(day)


def _is_morning(there: datetime) -> bool:
    return FROM <= there.time() < UNTIL and is_working_day(there.date())


def morning() -> int:
    """Between 07:30 and 11:00 on the centre's clock; how many mails were written."""
    there = local(now(), centre_queries.zone())
    if not _is_morning(there):
        return 0
    written = actions.greet(there.date()) + actions.remind(there.date())
    db.session.commit()
    return written


JOBS = [Job("morning mail", morning, every_seconds=600)]
