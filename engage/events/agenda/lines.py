"""One date as lists and calendars show it, without a row behind it, and what a reader asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import defer

from engage.core.clock import now
from engage.core.db import db
from engage.events.kinds import SEATED, EventKind, EventState, SigningUp, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.signing.models import SignUp

SEEN = (EventState.PUBLISHED, EventState.CANCELLED)


class Wanted(NamedTuple):
    """What a reader asks the agenda for."""

    theme_id: int | None = None
    kind: EventKind | None = None
    step_free: bool = False
    hearing_loop: bool = False


EVERYTHING = Wanted()


class Line(NamedTuple):
    """One date as lists and calendars show it."""

    id: int
    code: str
    title: str
    discreet_title: str
    kind: EventKind
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    day: date
    place: str
    address: str
    is_step_free: bool
    has_hearing_loop: bool
    signing_up: SigningUp
    is_cancelled: bool
    changed_at: datetime
    sequence: int
    free: int | None
    """Places that anybody may take now; None without a limit."""
    waiting: int
    """How many parties wait."""

    @property
    def is_full(self) -> bool:
        """Who signs up now waits."""
        return self.waiting > 0 or (self.free is not None and self.free < 1)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= now()

    @property
    def takes(self) -> bool:
        """Whether people may sign up at this moment."""
        return self.signing_up is not SigningUp.NONE and not self.is_cancelled and self.closes_at > now()


def _of_date(value: ColumnElement[Any], *where: ColumnElement[bool]) -> ColumnElement[Any]:
    rows = select(value).where(SignUp.occurrence_id == Occurrence.id, *where)
    return rows.correlate(Occurrence).scalar_subquery()


HELD_BY_PARTNERS = _of_date(
    func.coalesce(func.sum(SignUp.party), 0), SignUp.is_reserved.is_(True), SignUp.state.in_(SEATED)
)
WAITING = _of_date(func.count(), SignUp.state == SignUpState.WAITING)
LINE = (Occurrence, Event, HELD_BY_PARTNERS.label("held"), WAITING.label("waiting"))


def of_row(row: Sequence[Any]) -> Line:
    occurrence, event, held, waiting = row
    free = occurrence.free
    return Line(
        id=occurrence.id,
        code=occurrence.code,
        title=event.title,
        discreet_title=event.discreet_title,
        kind=event.kind,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        closes_at=occurrence.closes_at,
        day=occurrence.day,
        place=occurrence.place or event.place,
        address="" if occurrence.place else event.address,
        is_step_free=event.is_step_free,
        has_hearing_loop=event.has_hearing_loop,
        signing_up=event.signing_up,
        is_cancelled=occurrence.is_cancelled or event.state is EventState.CANCELLED,
        changed_at=occurrence.changed_at,
        sequence=occurrence.sequence,
        free=None if free is None else max(0, free - max(0, occurrence.reserved - held)),
        waiting=waiting,
    )


def asked(wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [Event.state.in_(SEEN)]
    if wanted.theme_id is not None:
        where.append(Event.theme_id == wanted.theme_id)
    if wanted.kind is not None:
        where.append(Event.kind == wanted.kind)
    if wanted.step_free:
        where.append(Event.is_step_free.is_(True))
    if wanted.hearing_loop:
        where.append(Event.has_hearing_loop.is_(True))
    return where


def dates(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(Occurrence).join(Event, Occurrence.event_id == Event.id)


def told(rows: Select[Any]) -> tuple[Line, ...]:
    unread = rows.options(defer(Event.online_link)).order_by(Occurrence.starts_at, Occurrence.id)
    return tuple(of_row(tuple(row)) for row in db.session.execute(unread))
