"""The places of a date: one lock taken first, one sum from the sign-ups, one figure written back."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.dml import ReturningUpdate

from engage.core.clock import now
from engage.core.db import Moment, db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.kinds import HOLDING, EventState, SigningUp
from engage.events.models import Event, Occurrence
from engage.events.signing import queries
from engage.events.signing.models import SignUp
from engage.events.signing.queries import Counts

NO_LIMIT = sys.maxsize


def _bump(*conditions: ColumnElement[bool]) -> ReturningUpdate[Occurrence]:
    row = update(Occurrence).where(Occurrence.id == bindparam("date"), *conditions)
    return row.values(lock=Occurrence.lock + 1).returning(Occurrence)


# Built once: building costs more than asking, while everybody waits for this date.
TAKES = select(Event.id).where(Event.state == EventState.PUBLISHED, Event.signing_up != SigningUp.NONE)
BUMP_OPEN = _bump(
    Occurrence.cancelled_at.is_(None),
    Occurrence.closes_at > bindparam("present", type_=Moment),
    Occurrence.event_id.in_(TAKES),
)
BUMP_RUNNING = _bump(Occurrence.ends_at > bindparam("present", type_=Moment))
HELD = select(func.coalesce(func.sum(SignUp.party), 0)).where(
    SignUp.occurrence_id == bindparam("date"), SignUp.state.in_(HOLDING)
)
DATES: Any = Occurrence.__table__
WRITE_BACK = (
    update(DATES)
    .where(DATES.c.id == bindparam("date"))
    .values(taken=HELD.scalar_subquery())
    .returning(DATES.c.taken)
)


def lock_open(occurrence: Occurrence) -> Occurrence | None:
    """Whatever adds somebody begins with this statement; None when people cannot sign up (any more).

    The row stays ours until the unit ends: all who change the places of this date stand in one line.
    """
    return _locked(occurrence.id, BUMP_OPEN)


def lock_running(occurrence_id: int) -> Occurrence:
    """Whatever else changes the places begins with this one. Raises Refused when the date is over."""
    locked = _locked(occurrence_id, BUMP_RUNNING)
    if locked is None:
        raise Refused(_("This date is over: nothing can be changed any more."))
    return locked


def _locked(occurrence_id: int, bump: ReturningUpdate[Occurrence]) -> Occurrence | None:
    fresh = {"synchronize_session": False, "populate_existing": True}
    values = {"date": occurrence_id, "present": now()}
    return db.session.scalars(bump, values, execution_options=fresh).one_or_none()


def write_back(occurrence: Occurrence) -> None:
    """`taken`, for display: added up again from the sign-ups, never counted up or down."""
    db.session.flush()
    taken = db.session.connection().execute(WRITE_BACK, {"date": occurrence.id}).scalar_one()
    set_committed_value(occurrence, "taken", taken)


@dataclass
class Room:
    """Free places: `free` in all, of which `kept` only partner patients may take."""

    free: int
    kept: int

    @classmethod
    def of(cls, occurrence: Occurrence, held: Counts) -> Room:
        if occurrence.capacity is None:
            return cls(NO_LIMIT, 0)
        free = occurrence.capacity - held.held
        return cls(free, min(free, max(0, occurrence.reserved - held.partners)))

    def open_to(self, is_partner: bool) -> int:
        """How many of them this person and who comes along may take."""
        return self.free if is_partner else self.free - self.kept

    def past_the_line(self, held: Counts, is_partner: bool) -> int:
        """The same for somebody who did not wait: nothing while others do, but what is kept for them."""
        if not held.waiting_parties:
            return self.open_to(is_partner)
        return self.kept if is_partner and not held.waiting_partners else 0

    def take(self, party: int, is_partner: bool) -> None:
        self.free -= party
        self.kept = min(self.free, max(0, self.kept - party) if is_partner else self.kept)


def room(occurrence: Occurrence) -> tuple[Room, Counts]:
    """What is free now, and what it was computed from; the date is locked."""
    held = queries.counts(occurrence)
    return Room.of(occurrence, held), held
