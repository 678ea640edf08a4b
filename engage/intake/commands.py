"""What the clock does with what was never sent."""

from __future__ import annotations

from engage.core.db import db
from engage.core.jobs import Job
from engage.intake import drafts, queries


def erase_drafts() -> int:
    """Erase the drafts nobody came back to for 24 hours, photos too; how many."""
    expired = queries.expired_drafts()
    for draft in expired:
        drafts.erase(draft)
    db.session.commit()
    return len(expired)


JOBS = [Job("erase drafts", erase_drafts, every_seconds=600)]
