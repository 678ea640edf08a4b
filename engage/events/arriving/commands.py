"""What the clock does: forgets at which minute people came, once their list is anonymous."""

from __future__ import annotations

from engage.core.db import db
from engage.core.jobs import Job
from engage.events.arriving import actions, queries


def forget_doors() -> int:
    """Erase what telephones noted of old dates; of how many. The figures stay."""
    dates = queries.with_old_doors()
    for date in dates:
        actions.forget_door(date)
    db.session.commit()
    return len(dates)


JOBS = [Job("forget what was noted at the door", forget_doors, cron={"hour": 3, "minute": 59})]
