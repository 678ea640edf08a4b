"""What the clock does with files."""

from __future__ import annotations

import time

from engage.core.db import db
from engage.core.jobs import Job
from engage.uploads import actions, queries

ORPHAN_SECONDS = 86_400


def sweep() -> int:
    """Erase files older than a day that no row names (their transaction never came to its end); how many."""
    folder = actions.folder()
    if not folder.is_dir():
        return 0
    limit = time.time() - ORPHAN_SECONDS
    old = [path for path in folder.iterdir() if path.is_file() and path.stat().st_mtime < limit]
    known = queries.names() if old else set()
    orphans = [path for path in old if path.name not in known]
    db.session.rollback()
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


JOBS = [Job("sweep files", sweep, cron={"hour": 3, "minute": 17})]
