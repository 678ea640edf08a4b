"""Which dates have people to remind, and what waits that nobody needs any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Load, aliased, contains_eager, joinedload

from engage.centre import queries as centre
from engage.core.clock import now
from engage.core.db import db
from engage.events.kinds import ACTIVE, CAME, EventState, Reminded, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.reminding.models import Delivery, DeliveryKind, DeliveryState
from engage.events.reminding.times import When, when
from engage.events.signing.models import SignUp, SignUpChange
from engage.outbox.models import Channel, Kind, Message, State
from engage.outbox.queries import STUCK

AHEAD = timedelta(days=8)
BEHIND = timedelta(days=30)
AT_ONCE = 200
LEFT = (SignUpState.EXCUSED, SignUpState.CANCELLED)
NOTED = (*CAME, SignUpState.ABSENT)
WERE_IN = (SignUpState.CONFIRMED, SignUpState.ATTENDED, SignUpState.ABSENT)


class Due(NamedTuple):
    """One kind of reminder of one date, whose time has come."""

    occurrence_id: int
    kind: DeliveryKind
    when: When


def _is_wanted(kind: DeliveryKind) -> ColumnElement[bool]:
    """Two hours before is for SMS alone."""
    if kind is DeliveryKind.HOURS:
        return SignUp.reminded_by == Reminded.SMS
    return or_(SignUp.reminded_by.is_(None), SignUp.reminded_by != Reminded.NOT)


def _is_without(kind: DeliveryKind) -> ColumnElement[bool]:
    """Nothing was written yet of this kind for the date as it stands."""
    told = exists().where(
        Delivery.sign_up_id == SignUp.id, Delivery.kind == kind, Delivery.revision == Occurrence.sequence
    )
    return ~told


def _was_in(kind: DeliveryKind, when: When) -> ColumnElement[bool]:
    """Who is to be told: those who came, or who had their place when it was due.

    Where nobody noted who came, everybody who said so is thanked.
    """
    if kind is DeliveryKind.THANKS:
        other = aliased(SignUp)
        is_noted = exists().where(other.occurrence_id == Occurrence.id, other.state.in_(NOTED))
        return or_(SignUp.state.in_(CAME), and_(SignUp.state == SignUpState.CONFIRMED, ~is_noted))
    states = WERE_IN if when.late <= now() else (SignUpState.CONFIRMED,)
    had_place = exists().where(
        SignUpChange.sign_up_id == SignUp.id,
        SignUpChange.state == SignUpState.CONFIRMED,
        SignUpChange.at <= when.due,
    )
    return and_(SignUp.state.in_(states), had_place)


def _dates() -> Select[Occurrence]:
    standing = Occurrence.cancelled_at.is_(None), Event.state == EventState.PUBLISHED
    return select(Occurrence).join(Occurrence.event).where(*standing)


def _come(dates: Iterable[Occurrence]) -> list[Due]:
    zone, present = centre.zone(), now()
    found = (
        Due(date.id, kind, when(kind, date.starts_at, date.ends_at, zone))
        for date in dates
        for kind in DeliveryKind
        if not (kind is DeliveryKind.WEEK and date.event.is_joined_once)
    )
    return [due for due in found if due.when.due <= present]


def due() -> list[Due]:
    """What is to be told now or was missed; the next dates first, then those that are over.

    Begins a unit that only reads, and keeps no writer waiting: commit before and after it.
    """
    db.session.connection(execution_options={"engage_writes": False})
    present = now()
    near = Occurrence.starts_at.between(present - BEHIND, present + AHEAD)
    rows = _dates().where(near).options(contains_eager(Occurrence.event))
    dates = db.session.scalars(rows.order_by(Occurrence.starts_at < present, Occurrence.starts_at)).all()
    come = _come(dates)
    return [one for kind in DeliveryKind for one in _with_people(kind, come)]


def _with_people(kind: DeliveryKind, come: Iterable[Due]) -> list[Due]:
    """Those of this kind that somebody may be waiting for: whom exactly is asked when the date is held."""
    asked, found = (one for one in come if one.kind is kind), []
    while some := list(islice(asked, AT_ONCE)):
        before = or_(*(_signed_before(one) for one in some))
        rows = select(SignUp.occurrence_id).join(SignUp.occurrence).where(_is_wanted(kind), _is_without(kind))
        living = rows.where(SignUp.state.in_((*WERE_IN, *CAME)), before).distinct()
        waiting = set(db.session.scalars(living))
        found += [one for one in some if one.occurrence_id in waiting]
    return found


def _signed_before(one: Due) -> ColumnElement[bool]:
    return and_(SignUp.occurrence_id == one.occurrence_id, SignUp.created_at <= one.when.due)


def held(one: Due, zone: str) -> Occurrence | None:
    """The date, locked against whatever changes it or who comes; None when this is not due any more."""
    rows = _dates().where(Occurrence.id == one.occurrence_id).options(contains_eager(Occurrence.event))
    fresh = rows.with_for_update(of=Occurrence).execution_options(populate_existing=True)
    date = db.session.scalars(fresh).one_or_none()
    if date is None or when(one.kind, date.starts_at, date.ends_at, zone) != one.when:
        return None
    return date


def to_remind(date: Occurrence, one: Due, *, after: int, most: int) -> Sequence[SignUp]:
    """Whom to tell, at most so many with an id beyond `after`; the date is locked."""
    rows = select(SignUp).join(SignUp.occurrence).where(SignUp.occurrence_id == date.id, SignUp.id > after)
    wanted = rows.where(_is_wanted(one.kind), _is_without(one.kind), SignUp.created_at <= one.when.due)
    people = wanted.where(_was_in(one.kind, one.when)).options(joinedload(SignUp.account))
    fresh = people.order_by(SignUp.id).limit(most).execution_options(populate_existing=True)
    return db.session.scalars(fresh).all()


def told_before(kind: DeliveryKind, people: Sequence[SignUp]) -> set[int]:
    """Of these, by id, whoever had this kind of reminder of the date as it stood before."""
    ids = [one.id for one in people]
    rows = select(Delivery.sign_up_id).where(Delivery.sign_up_id.in_(ids), Delivery.kind == kind)
    return set(db.session.scalars(rows.where(Delivery.state == DeliveryState.WRITTEN)))


def key(code: str, kind: DeliveryKind, revision: int, channel: Channel) -> str:
    """Of the message that tells it to the sign-up `code`."""
    return f"reminder {code} {kind} {revision} {channel}"


def _key_of(row: Delivery) -> str:
    return key(row.sign_up.code, row.kind, row.revision, row.channel)


class Waiting(NamedTuple):
    """A reminder that nobody was told yet, or of which nobody knows."""

    message: Message
    delivery: Delivery

    @property
    def is_known(self) -> bool:
        """Its message is that of its row."""
        return self.message.key == _key_of(self.delivery)


def _messages() -> Select[Message, Delivery]:
    rows = select(Message, Delivery).join(SignUp, SignUp.code == Message.about_ref)
    rows = rows.join(Delivery, Delivery.sign_up_id == SignUp.id).join(SignUp.occurrence)
    return rows.options(contains_eager(Delivery.sign_up).contains_eager(SignUp.occurrence))


# Looked at every minute: nothing of it is decrypted.
SLIM = (
    Load(Message).load_only(Message.key, Message.state),
    contains_eager(Delivery.sign_up).load_only(SignUp.code, SignUp.state),
)


def waiting() -> list[Waiting]:
    """Every one of them, locked; those that a worker is sending are left out."""
    open_ones = Message.kind == Kind.REMINDER, Message.state.in_((State.WAITING, *STUCK))
    rows = _messages().where(*open_ones).options(*SLIM).with_for_update(of=Message, skip_locked=True)
    return [one for one in map(Waiting._make, db.session.execute(rows)) if one.is_known]


def of_message(message: Message) -> Waiting | None:
    """The same of one, as its date stands now."""
    rows = _messages().where(Message.id == message.id).execution_options(populate_existing=True)
    return next((one for one in map(Waiting._make, db.session.execute(rows)) if one.is_known), None)


def taken_back() -> list[Waiting]:
    """Reminders that never left, stopped as their people left, who have come back; locked."""
    left = exists().where(
        SignUpChange.sign_up_id == SignUp.id,
        SignUpChange.state.in_(LEFT),
        SignUpChange.at > Delivery.done_at,
    )
    rows = select(Delivery).join(Delivery.sign_up).join(SignUp.occurrence)
    coming = rows.where(Occurrence.starts_at > now(), SignUp.state == SignUpState.CONFIRMED, left)
    told = coming.where(Delivery.revision == Occurrence.sequence, Delivery.state == DeliveryState.WRITTEN)
    whole = contains_eager(Delivery.sign_up).contains_eager(SignUp.occurrence)
    found = {_key_of(one): one for one in db.session.scalars(told.options(whole))}
    stopped = select(Message).where(Message.key.in_(found), Message.state == State.STOPPED)
    unsent = stopped.where(Message.attempts == 0, Message.subject != "")
    held = db.session.scalars(unsent.with_for_update(skip_locked=True))
    return [Waiting(one, found[one.key]) for one in held]


def coming(codes: Iterable[str]) -> dict[str, datetime]:
    """When what these sign-ups are for starts; of those that are not over."""
    rows = select(SignUp.code, Occurrence.starts_at).join(SignUp.occurrence).where(SignUp.code.in_(codes))
    return {row[0]: row[1] for row in db.session.execute(rows.where(Occurrence.ends_at > now()))}


def of_group(sign_up: SignUp) -> Sequence[SignUp]:
    """This one, and in a group, which is joined once, what the same person has of its dates to come."""
    date = sign_up.occurrence
    if not date.event.is_joined_once or sign_up.person_digest is None:
        return [sign_up]
    rows = select(SignUp).join(SignUp.occurrence).where(Occurrence.event_id == date.event_id)
    coming = rows.where(Occurrence.ends_at > now(), SignUp.state.in_(ACTIVE))
    return db.session.scalars(coming.where(SignUp.person_digest == sign_up.person_digest)).all()


def without_wish() -> list[tuple[SignUp, Reminded]]:
    """Places in dates of groups made since somebody chose, and what they chose last for a date before."""
    before, its_date = aliased(SignUp), aliased(Occurrence)
    rows = select(SignUp, before.reminded_by).join(SignUp.occurrence).join(Occurrence.event)
    rows = rows.join(its_date, its_date.event_id == Event.id).join(
        before, before.occurrence_id == its_date.id
    )
    same = before.person_digest == SignUp.person_digest, before.reminded_by.is_not(None)
    new = SignUp.reminded_by.is_(None), SignUp.state.in_(ACTIVE), Occurrence.starts_at > now()
    found = db.session.execute(rows.where(Event.is_joined_once, *same, *new).order_by(before.id))
    return [(one, wish) for one, wish in found if wish]


def to_call(date: Occurrence) -> Sequence[SignUp]:
    """Everybody who has a place, by name; who of them is called is not known to the database."""
    rows = select(SignUp).where(SignUp.occurrence_id == date.id, SignUp.state == SignUpState.CONFIRMED)
    return db.session.scalars(rows.options(joinedload(SignUp.account)).order_by(SignUp.id)).all()
