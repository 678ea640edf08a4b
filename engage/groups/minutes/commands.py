"""What the clock does: reminds people, once, of what they promised in a group."""

from __future__ import annotations

from engage.core.db import db
from engage.core.jobs import Job, stopping
from engage.groups.minutes import queries, telling


def remind_owners() -> int:
    """Each owner of a late task hears of it once; how many were told.

    Somebody on a break is told nothing; after it they hear of what is still late then.
    """
    count = 0
    for task, group in queries.untold():
        if stopping.is_set():
            break
        count += telling.late(task, group)
        db.session.commit()
    return count


JOBS = [Job("remind of late tasks", remind_owners, cron={"hour": 6, "minute": 23})]
