"""What the clock does with deleted words: erases what was left, and wipes the files."""

from __future__ import annotations

from engage.core import traces
from engage.core.db import db
from engage.core.jobs import Job
from engage.surveys.results.verbatims import actions, queries

TOUCHED = ("survey_verbatim", "verbatim_reading", "verbatim_theme")


def erase_deleted() -> int:
    """Erase what nobody undid, then rewrite what held the words; how many verbatims left the files."""
    actions.erase()
    gone = len(queries.to_wipe())
    db.session.commit()
    db.session.remove()
    if not gone:
        return 0
    traces.forget(TOUCHED, rewritten=TOUCHED)
    for reading in queries.to_wipe():
        reading.is_wiped = True
    db.session.commit()
    return gone


# Late in the evening, when nobody reads any more.
JOBS = [Job("erase deleted words", erase_deleted, cron={"hour": 20, "minute": 40})]
