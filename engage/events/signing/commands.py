"""What the clock does: ends offers, releases places kept for partner patients, forgets old lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog
from sqlalchemy.exc import OperationalError

from engage.centre.queries import centre
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.jobs import Job, stopping
from engage.events.models import Occurrence
from engage.events.signing import actions, queries
from engage.events.signing.models import SignUpChange

log = structlog.get_logger()

AT_ONCE = 50
NEEDS_KEPT = timedelta(days=30)
DAYS_IN_A_MONTH = 30.44


def tell_newcomers() -> int:
    """Write to those who have just signed up; how many were looked at."""
    done, is_whole = 0, True
    while is_whole and not stopping.is_set() and (changes := queries.untold(AT_ONCE)):
        told = sum(_is_told(change) for change in changes)
        db.session.commit()
        done, is_whole = done + told, told == len(changes)
    return done


def _is_told(change: SignUpChange) -> bool:
    """One who cannot be told has another turn the next time, and holds up nobody."""
    try:
        with db.session.begin_nested():
            actions.tell_newcomer(change)
    except Exception:
        log.exception("newcomer_not_told", change=change.id)
        return False
    return True


def expire_offers() -> int:
    """End the offers that nobody took; of how many dates."""
    return _each(queries.with_lapsed_offers(), actions.expire_offers)


def release_reserved() -> int:
    """Give everybody the places kept for partner patients; of how many dates."""
    return _each(queries.with_places_to_release(), actions.release_reserved)


def forget_needs() -> int:
    """30 days after a date nobody knows any more what its people needed; of how many dates."""
    return _each(queries.over_with_needs(now() - NEEDS_KEPT), actions.forget_needs)


def forget_lists() -> int:
    """Make the lists anonymous that the centre keeps no longer; of how many dates."""
    kept = timedelta(days=centre().erase_after_months * DAYS_IN_A_MONTH)
    return _each(queries.over_with_names(now() - kept), actions.forget_list)


def _each(dates: Sequence[Occurrence], deed: Callable[[Occurrence], None]) -> int:
    """Each date in a unit of its own; one that somebody holds for long has its turn at the next time."""
    db.session.commit()
    done = 0
    for date in dates:
        if stopping.is_set():
            break
        try:
            deed(date)
            db.session.commit()
            done += 1
        except (OperationalError, Refused) as reason:
            db.session.rollback()
            log.warning("date_left_for_later", code=date.code, reason=str(reason))
    return done


JOBS = [
    Job("tell who signed up", tell_newcomers, every_seconds=3),
    Job("expire offers", expire_offers, every_seconds=60),
    Job("release reserved places", release_reserved, every_seconds=600),
    Job("forget needs", forget_needs, cron={"hour": 3, "minute": 47}),
    Job("forget old lists", forget_lists, cron={"hour": 3, "minute": 53}),
]
