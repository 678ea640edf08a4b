"""What the clock does for groups: signs members up for dates that come near, forgets who left long ago."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sqlalchemy.exc import OperationalError

from engage.centre.queries import centre
from engage.core.clock import now
from engage.core.db import db
from engage.core.jobs import Job, stopping
from engage.events.joining import actions, queries

log = structlog.get_logger()
DAYS_IN_A_MONTH = 30.44


def fill_dates() -> int:
    """Sign members up for the dates that have come within some weeks, each date in a unit; how many."""
    dates, made = queries.to_fill(), 0
    db.session.commit()
    for date in dates:
        if stopping.is_set():
            break
        try:
            made += actions.fill(date)
            db.session.commit()
        except OperationalError as reason:
            db.session.rollback()
            log.warning("date_left_for_later", code=date.code, reason=str(reason))
    return made


def forget_members() -> int:
    """Make those anonymous who left longer ago than lists are kept, and old lists for good; how many."""
    kept = timedelta(days=centre().erase_after_months * DAYS_IN_A_MONTH)
    members = queries.to_forget(now() - kept)
    for member in members:
        actions.forget(member)
    actions.unlink()
    db.session.commit()
    return len(members)


JOBS = [
    Job("fill groups", fill_dates, every_seconds=600),
    Job("forget members", forget_members, cron={"hour": 3, "minute": 57}),
]
