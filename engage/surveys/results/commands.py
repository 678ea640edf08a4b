"""What the clock does with releases: forgets what was counted once no other release can come."""

from __future__ import annotations

from engage.core.db import db
from engage.core.jobs import Job
from engage.surveys.results import actions


def forget_counts() -> int:
    """Wipe the true numbers of waves whose answers are erased; what was shown stays. How many tables."""
    gone = actions.forget_counts()
    db.session.commit()
    db.session.remove()
    return gone


# After the answers themselves, which are erased at ten past four.
JOBS = [Job("forget counts", forget_counts, cron={"hour": 4, "minute": 25})]
