"""What the clock does: forgets a year after a round who read."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta

from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.jobs import Job
from engage.pages.rounds import forgetting

KEPT = relativedelta(months=12)


def forget_readers() -> int:
    """Their kind and what they said of each line stay; how many."""
    forgotten = forgetting.forget(now() - KEPT, centre_today() - KEPT)
    db.session.commit()
    return forgotten


JOBS = [Job("forget who read", forget_readers, cron={"hour": 4, "minute": 33})]
