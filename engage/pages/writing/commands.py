"""What the clock does for pages: tells who answers for one that it is to be read again."""

from __future__ import annotations

from engage.core.db import db
from engage.core.jobs import Job, stopping
from engage.pages.writing import queries, telling


def remind() -> int:
    """Once for each day of review; how many owners were told. What has no owner stands in the list alone."""
    told = 0
    for page, title in queries.to_remind():
        if stopping.is_set():
            break
        told += telling.to_read_again(page, title)
        db.session.commit()
    return told


JOBS = [Job("remind of pages to read again", remind, every_seconds=3600)]
