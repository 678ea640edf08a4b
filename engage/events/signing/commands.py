"""What the clock does with places: ends offers, and releases what was kept for partner patients."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import structlog
from sqlalchemy.exc import OperationalError

from engage.core.db import db
from engage.core.errors import Refused
from engage.core.jobs import Job, stopping
from engage.events.models import Occurrence
from engage.events.signing import actions, queries

log = structlog.get_logger()


def expire_offers() -> int:
    """End the offers that nobody took; of how many dates."""
    return _each(queries.with_lapsed_offers(), actions.expire_offers)


def release_reserved() -> int:
    """Give everybody the places kept for partner patients; of how many dates."""
    return _each(queries.with_places_to_release(), actions.release_reserved)


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
    Job("expire offers", expire_offers, every_seconds=60),
    Job("release reserved places", release_reserved, every_seconds=600),
]
