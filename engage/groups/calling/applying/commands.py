"""What the clock does: applications over for 6 months are nobody's any more."""

from __future__ import annotations

from engage.core.db import db
from engage.core.jobs import Job
from engage.groups.calling.applying import actions, queries, unmade


def forget_applications() -> int:
    """Make anonymous what has served its time; how many."""
    done = 0
    for application in queries.to_forget():
        actions.forget(application)
        done += 1
    unmade.forget()
    db.session.commit()
    return done


JOBS = [Job("forget applications", forget_applications, cron={"hour": 4, "minute": 7})]
