"""What the clock writes every week."""

from __future__ import annotations

from engage.core.db import db
from engage.core.jobs import Job, stopping
from engage.groups.digest import actions, queries


def write_letters() -> int:
    """The letters of this week that are not written yet; how many.

    Run often: the key of each letter says its week, so a worker that was away on Monday writes it later.
    """
    count = 0
    for group in queries.open_groups():
        if stopping.is_set():
            break
        count += actions.write_week(group)
        db.session.commit()
    return count


JOBS = [Job("write letters of the week", write_letters, every_seconds=1800)]
