"""What the clock does: forgets after a year what readers missed."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta

from engage.core.clock import now
from engage.core.db import db
from engage.core.jobs import Job
from engage.pages.asking import actions

MONTHS_KEPT = 12


def forget_missing() -> int:
    """Whether somebody dealt with it or not; how many."""
    forgotten = actions.forget(now() - relativedelta(months=MONTHS_KEPT))
    db.session.commit()
    return forgotten


JOBS = [Job("forget what readers missed", forget_missing, cron={"hour": 4, "minute": 21})]
