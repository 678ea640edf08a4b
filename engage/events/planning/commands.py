"""What the clock does with series: dates are there six months ahead."""

from __future__ import annotations

from engage.core.db import db
from engage.core.jobs import Job
from engage.events.planning.dating import actions, queries


def extend_series() -> int:
    """Make the dates that have come within six months, each series in a unit of its own; how many."""
    made = 0
    for row in queries.to_extend(actions.AHEAD):
        made += actions.extend(row)
        db.session.commit()
    db.session.remove()
    return made


JOBS = [Job("extend series", extend_series, cron={"hour": 3, "minute": 40})]
