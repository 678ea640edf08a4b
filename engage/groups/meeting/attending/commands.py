"""What the clock forgets of meetings."""

from __future__ import annotations

from engage.core.clock import ago
from engage.core.db import db
from engage.core.jobs import Job
from engage.groups.meeting.attending import actions

KEPT_DAYS = 30


def forget_needs() -> int:
    """Erase what people needed, 30 days after the meeting; how many people."""
    count = actions.forget_needs(ago(days=KEPT_DAYS))
    db.session.commit()
    return count


JOBS = [Job("forget needs of meetings", forget_needs, cron={"hour": 3, "minute": 53})]
