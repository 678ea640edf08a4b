"""What the clock does for the search: forgetting words that nobody looks for any more."""

from __future__ import annotations

from engage.core.db import db
from engage.core.jobs import Job
from engage.search import actions


def forget_old() -> int:
    gone = actions.forget_old()
    db.session.commit()
    return gone


JOBS = [Job("forget old searches", forget_old, cron={"hour": 3, "minute": 41})]
