"""The places of a date: one lock taken first, one sum from the sign-ups, one figure written back."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from sqlalchemy import ColumnElement, Dialect, bindparam, func, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.dml import Update

from engage.core.clock import now
from engage.core.db import Moment, db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.straight import Straight, at_once
from engage.events.kinds import SEATED, EventState, SigningUp
from engage.events.models import Event, Occurrence
from engage.events.signing import queries
from engage.events.signing.models import SignUp
from engage.events.signing.queries import Counts

NO_LIMIT = sys.maxsize


class Dated(Protocol):
    """A date, as a row or as what strangers read of it."""

    @property
    def id(self) -> int: ...


class Locked(NamedTuple):
    """What a newcomer must know of a date that is locked."""

    id: int
    capacity: int | None
    reserved: int


def _bump(what: Any, *conditions: ColumnElement[bool]) -> Update:
    row = update(what).where(Occurrence.id == bindparam("date"), *conditions)
    return row.values(lock=Occurrence.lock + 1)


# Built once: building costs more than asking, while everybody waits for this date.
TAKES = select(Event.id).where(Event.state == EventState.PUBLISHED, Event.signing_up != SigningUp.NONE)
DATES: Any = Occurrence.__table__
BUMP_OPEN = _bump(
    DATES,
    Occurrence.cancelled_at.is_(None),
    Occurrence.closes_at > bindparam("present", type_=Moment),
    Occurrence.event_id.in_(TAKES),
).returning(DATES.c.id, DATES.c.capacity, DATES.c.reserved)
BUMP_RUNNING = _bump(Occurrence, Occurrence.ends_at > bindparam("present", type_=Moment)).returning(
    Occurrence
)
HELD = select(func.coalesce(func.sum(SignUp.party), 0)).where(
    SignUp.occurrence_id == bindparam("date"), SignUp.state.in_(SEATED)
)
WRITE_BACK = (
    update(DATES)
    .where(DATES.c.id == bindparam("date"))
    .values(taken=HELD.scalar_subquery())
    .returning(DATES.c.taken)
)


@lru_cache(maxsize=4)
def meeting(dialect: Dialect) -> tuple[Straight, Straight]:
    """What is asked for a newcomer; built once."""
    bump = Straight(BUMP_OPEN, dialect, "date", "present")
    return bump, Straight(queries.NEWCOMER, dialect, "date", "key", "person")


def lock_and_meet(occurrence: Dated, key: str, person: str | None) -> tuple[Locked | None, queries.Met]:
    """Whatever adds somebody begins with this; None for a date where people cannot sign up (any more).

    The row stays ours until the unit ends: all who change the places of this date stand in one line. On
    PostgreSQL the lock and the question go in one way there and back, while others wait.
    """
    db.session.flush()
    connection = db.session.connection()
    bump, newcomer = meeting(connection.dialect)
    date = {"date": occurrence.id}
    asked = (bump, date | {"present": now()}), (newcomer, date | {"key": key, "person": person})
    locked, (met,) = at_once(connection, *asked)
    return Locked._make(locked[0]) if locked else None, queries.met(met)


def lock_running(occurrence_id: int) -> Occurrence:
    """Whatever else changes the places begins with this one. Raises Refused when the date is over."""
    fresh = {"synchronize_session": False, "populate_existing": True}
    values = {"date": occurrence_id, "present": now()}
    found: Occurrence | None = db.session.scalars(BUMP_RUNNING, values, execution_options=fresh).one_or_none()
    if found is None:
        raise Refused(_("This date is over: nothing can be changed any more."))
    return found


def write_back(occurrence: Dated) -> None:
    """`taken`, for display: added up again from the sign-ups, never counted up or down."""
    db.session.flush()
    was_written(occurrence, db.session.connection().execute(WRITE_BACK, {"date": occurrence.id}).scalar_one())


def was_written(occurrence: Dated, taken: int) -> None:
    """Who holds the date as a row reads there what a statement has just written back."""
    if isinstance(occurrence, Occurrence):
        set_committed_value(occurrence, "taken", taken)


@dataclass
class Room:
    """Free places: `free` in all, of which `kept` only partner patients may take."""

    free: int
    kept: int

    @classmethod
    def of(cls, occurrence: Occurrence | Locked, held: Counts) -> Room:
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
