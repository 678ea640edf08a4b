"""What the clock forgets of what relays brought."""

from __future__ import annotations

from engage.centre.queries import centre
from engage.core.clock import ago
from engage.core.db import db
from engage.core.jobs import Job
from engage.involvement.carrying import actions as carrying
from engage.relaying import keeping

DAYS_IN_A_MONTH = 30.44
A_RUN = 500


def forget_people() -> int:
    """Forget for whom things were brought whose time is over; how many."""
    settled = list(keeping.over(ago(days=centre().erase_after_months * DAYS_IN_A_MONTH), A_RUN))
    for one in settled:
        carrying.forget(one)
    db.session.commit()
    return len(settled)


JOBS = [Job("forget whom relays spoke for", forget_people, cron={"hour": 3, "minute": 41})]
