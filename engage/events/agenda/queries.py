"""What strangers may know of dates, without a row behind it: it is kept for some seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from math import ceil
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import defer, joinedload

from engage.accounts.models import Account
from engage.core.cache import remember
from engage.core.clock import ago, now
from engage.core.db import db
from engage.events.kinds import ACTIVE, HOLDING, EventKind, EventState, SigningUp, SignUpState
from engage.events.models import Event, EventQuestion, Occurrence
from engage.events.signing.models import SignUp
from engage.uploads.models import Upload

A_PAGE = 20
NEXT_DATES = 6
KEPT_DAYS = 30
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
    func.coalesce(func.sum(SignUp.party), 0), SignUp.is_reserved.is_(True), SignUp.state.in_(HOLDING)
)
WAITING = _of_date(func.count(), SignUp.state == SignUpState.WAITING)
LINE = (Occurrence, Event, HELD_BY_PARTNERS.label("held"), WAITING.label("waiting"))


def _line(row: Sequence[Any]) -> Line:
    occurrence, event, held, waiting = row
    free = occurrence.free
    return Line(
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


def _asked(wanted: Wanted) -> list[ColumnElement[bool]]:
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


def _dates(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(Occurrence).join(Event, Occurrence.event_id == Event.id)


def _lines(rows: Select[Any]) -> tuple[Line, ...]:
    unread = rows.options(defer(Event.online_link)).order_by(Occurrence.starts_at, Occurrence.id)
    return tuple(_line(tuple(row)) for row in db.session.execute(unread))


class Leaf(NamedTuple):
    """One page of what is next, and how many dates there are in all."""

    lines: tuple[Line, ...]
    total: int


def last_page(total: int) -> int:
    return max(1, ceil(total / A_PAGE))


def coming(wanted: Wanted = EVERYTHING, number: int = 1) -> Leaf:
    """The page `number` (from 1) of the dates that are not over, the next first."""
    return remember(("agenda", wanted, number), lambda: _coming(wanted, number))


def _coming(wanted: Wanted, number: int) -> Leaf:
    where = [Occurrence.ends_at > now(), *_asked(wanted)]
    total = db.session.execute(_dates(func.count()).where(*where)).scalar_one()
    rows = _dates(*LINE).where(*where).offset((number - 1) * A_PAGE).limit(A_PAGE)
    return Leaf(_lines(rows), total)


def within(wanted: Wanted, first: date, last: date) -> tuple[Line, ...]:
    """The dates from the day `first` to the day `last`, those that are over included."""
    days = [Occurrence.day >= first, Occurrence.day <= last]
    asked = _dates(*LINE).where(*days, *_asked(wanted))
    return remember(("agenda days", wanted, first, last), lambda: _lines(asked))


def for_calendars() -> tuple[Line, ...]:
    """What programs that follow the agenda must hear of: a date that was cancelled stays for 30 days."""
    since = ago(days=KEPT_DAYS)
    is_kept = Occurrence.cancelled_at.is_(None) & (Occurrence.ends_at >= since)
    return _lines(_dates(*LINE).where((is_kept | (Occurrence.cancelled_at >= since)), *_asked(EVERYTHING)))


class Shown(NamedTuple):
    """One date with everything its page says, but the link to take part from home."""

    line: Line
    event_id: int
    what: str
    what_short: str
    for_whom: str
    to_bring: str
    cost: str
    bus: str
    parking: str
    is_online: bool
    organiser: str
    proposed_by: str
    referent: str
    theme_id: int | None
    photo: tuple[str, int, int] | None
    note: str
    cancelled_why: str
    capacity: int | None
    questions: tuple[Question, ...]
    others: tuple[Line, ...]


class Question(NamedTuple):
    """One question of the organiser."""

    text: str
    is_required: bool


def find(code: str) -> Shown | None:
    """The date of this code that everybody may see, or None."""
    return remember(("event date", code), lambda: _find(code))


def _find(code: str) -> Shown | None:
    seen = _dates(*LINE).where(Occurrence.code == code, Event.state.in_(SEEN))
    row = db.session.execute(seen.options(joinedload(Event.photo), joinedload(Event.referent))).one_or_none()
    return None if row is None else _shown(tuple(row))


def _shown(row: Sequence[Any]) -> Shown:
    occurrence, event = row[0], row[1]
    photo: Upload | None = event.photo
    return Shown(
        line=_line(row),
        event_id=event.id,
        what=event.what,
        what_short=event.what_short,
        for_whom=event.for_whom,
        to_bring=event.to_bring,
        cost=event.cost,
        bus=event.bus,
        parking=event.parking,
        is_online=bool(event.online_link),
        organiser=event.organiser,
        proposed_by=event.proposed_by,
        referent=event.referent.full_name if event.referent and event.referent.is_staff else "",
        theme_id=event.theme_id,
        photo=(photo.alt, photo.width or 0, photo.height or 0) if photo else None,
        note=occurrence.note,
        cancelled_why=occurrence.cancelled_why,
        capacity=occurrence.capacity,
        questions=_questions(event.id),
        others=_others(occurrence),
    )


def _questions(event_id: int) -> tuple[Question, ...]:
    rows = select(EventQuestion.text, EventQuestion.is_required).filter_by(event_id=event_id)
    found: Sequence[Any] = db.session.execute(rows.order_by(EventQuestion.position)).all()
    return tuple(Question(*row) for row in found)


def _others(occurrence: Occurrence) -> tuple[Line, ...]:
    """The next dates of the same event."""
    rows = _dates(*LINE).where(
        Occurrence.event_id == occurrence.event_id,
        Occurrence.id != occurrence.id,
        Occurrence.ends_at > now(),
        Event.state.in_(SEEN),
    )
    return _lines(rows.limit(NEXT_DATES))


def photo(code: str) -> Upload | None:
    """The picture of the event that has a date with this code."""
    rows = select(Upload).join(Event, Event.photo_id == Upload.id).join(Occurrence)
    seen = rows.where(Occurrence.code == code, Event.state.in_(SEEN))
    return db.session.scalars(seen).one_or_none()


def signed_on(code: str, person: Account | None, followed: str | None) -> SignUp | None:
    """The sign-up of this person, or the one with the code `followed`, on the date `code`."""
    whose = SignUp.account_id == person.id if person else SignUp.code == followed
    if person and followed:
        whose = whose | (SignUp.code == followed)
    rows = select(SignUp).join(SignUp.occurrence).where(Occurrence.code == code, whose)
    active = rows.where(SignUp.state.in_(ACTIVE)).order_by(SignUp.id)
    return db.session.scalars(active.limit(1)).one_or_none()
