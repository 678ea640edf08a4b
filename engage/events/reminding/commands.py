"""What the clock does around a date: reminds people of it, and thanks them."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import OperationalError

from engage.centre.queries import zone
from engage.core.clock import now
from engage.core.db import db
from engage.core.jobs import Job, stopping
from engage.events.reminding import actions, queries
from engage.events.reminding.queries import Due
from engage.outbox.quiet import is_quiet

log = structlog.get_logger()

BATCH = 20


def remind() -> int:
    """Take back what serves no more; by day, give back and write what is due. How many messages."""
    actions.take_back()
    is_night = is_quiet(now(), zone())
    again = 0 if is_night else actions.give_back()
    db.session.commit()
    if is_night:
        return 0
    come = queries.due()
    db.session.commit()
    return again + sum(_of_date(one) for one in come if not stopping.is_set())


def _of_date(one: Due) -> int:
    """In batches, each in a unit of its own; a date that somebody holds for long has its turn in a minute."""
    told, last = 0, 0
    try:
        while not stopping.is_set() and (date := queries.held(one, zone())):
            people = queries.to_remind(date, one, after=last, most=BATCH)
            last = people[-1].id if people else last
            told += actions.remind(date, one, people)
            db.session.commit()
            if len(people) < BATCH:
                break
    except OperationalError as reason:
        log.warning("reminders_left_for_later", kind=one.kind, reason=str(reason))
    db.session.rollback()  # of a date that is not due any more: let it go
    return told


def carry_wishes() -> int:
    """For dates of groups made since: each is there months before its first reminder."""
    done = actions.carry_wishes()
    db.session.commit()
    return done


JOBS = [
    Job("remind", remind, every_seconds=60),
    Job("carry wishes to new dates", carry_wishes, every_seconds=3600),
]
