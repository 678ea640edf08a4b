"""The programme of an event, what may be chosen in it, and who chose what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import time

from flask import abort
from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import selectinload

from engage.core.clock import now
from engage.core.db import db
from engage.events.kinds import ACTIVE, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.programme.document import Timed, Told, Voice
from engage.events.programme.models import Programme, Slot, SlotChoice, Speaker
from engage.events.signing.models import SignUp

COUNTED = (*ACTIVE, SignUpState.ATTENDED)


def programme(event: Event) -> Programme | None:
    return db.session.get(Programme, event.id)


def slots(event_id: int) -> Sequence[Slot]:
    """In the order of the day, with who speaks."""
    rows = select(Slot).filter_by(event_id=event_id).options(selectinload(Slot.speakers))
    return db.session.scalars(rows.order_by(Slot.starts, Slot.position)).all()


def slot(event: Event, slot_id: int) -> Slot:
    """Aborts with 404."""
    return db.session.scalars(select(Slot).filter_by(event_id=event.id, id=slot_id)).one_or_none() or abort(
        404
    )


def plain(row: Slot, taken: int = 0) -> Timed:
    """The slot without a row behind it; `taken`: how many people chose it on one date."""
    return bare(row, taken)._replace(speakers=tuple(_voice(one) for one in row.speakers))


def bare(row: Slot, taken: int = 0) -> Timed:
    """The same without who speaks."""
    return Timed(
        starts=row.starts,
        ends=row.ends,
        kind=row.kind,
        title=row.title,
        number=row.number,
        text=row.text,
        topics=tuple(row.topics),
        room=row.room,
        takes_sign_up=row.takes_sign_up,
        capacity=row.capacity,
        id=row.id,
        free=None if row.capacity is None else max(0, row.capacity - taken),
    )


def _voice(row: Speaker) -> Voice:
    return Voice(row.name, row.role, row.organisation, row.is_remote)


def told(event_id: int, occurrence_id: int | None = None) -> Told | None:
    """What everybody may read, with the places left on one date; None for an event without a programme."""
    held = db.session.get(Programme, event_id)
    if held is None:
        return None
    rows = slots(event_id)
    asks = occurrence_id is not None and any(row.capacity for row in rows)
    taken = chosen_on(occurrence_id) if asks and occurrence_id else {}
    return Told(
        subject=held.subject,
        is_remote=held.is_remote,
        audiences=tuple(held.audiences),
        committee=tuple(Voice(**one) for one in held.committee),
        notes=tuple(held.notes),
        slots=tuple(plain(row, taken.get(row.id, 0)) for row in rows),
    )


def to_choose(occurrence: Occurrence, *, but: int = 0) -> tuple[Timed, ...]:
    """The slots for which people sign up apart, with the places left but for the sign-up `but`."""
    there = _chosen(occurrence.id, but).subquery()
    rows = select(Slot, func.coalesce(there.c.people, 0)).outerjoin(there, there.c.slot_id == Slot.id)
    asked = rows.where(Slot.event_id == occurrence.event_id, Slot.takes_sign_up.is_(True))
    fresh = asked.order_by(Slot.starts, Slot.position).execution_options(populate_existing=True)
    return tuple(bare(row, int(taken)) for row, taken in db.session.execute(fresh))


def chosen_on(occurrence_id: int) -> dict[int, int]:
    """How many people chose each slot on this date.

    Those who wait for a place on the day count too: when they get one, their slot must have room for them.
    """
    return {slot_id: int(people) for slot_id, people in db.session.execute(_chosen(occurrence_id))}


def _chosen(occurrence_id: int, but: int = 0) -> Select[int, int]:
    """The same, without the party of the sign-up `but`."""
    people = func.sum(SignUp.party).label("people")
    rows = select(SlotChoice.slot_id, people).join(SignUp, SignUp.id == SlotChoice.sign_up_id)
    there = rows.where(SignUp.occurrence_id == occurrence_id, SignUp.state.in_(COUNTED), SignUp.id != but)
    return there.group_by(SlotChoice.slot_id)


def people_by_slot(event: Event) -> dict[int, int]:
    """How many people chose each slot, on all dates together."""
    rows = select(SlotChoice.slot_id, func.sum(SignUp.party)).join(SignUp, SignUp.id == SlotChoice.sign_up_id)
    theirs = rows.join(Slot, Slot.id == SlotChoice.slot_id).where(Slot.event_id == event.id)
    counted = theirs.where(SignUp.state.in_(COUNTED)).group_by(SlotChoice.slot_id)
    return {slot_id: int(people) for slot_id, people in db.session.execute(counted)}


def chosen(sign_up: SignUp) -> Sequence[Slot]:
    """What this party also comes to, in the order of the day."""
    rows = (
        select(Slot)
        .join(SlotChoice, SlotChoice.slot_id == Slot.id)
        .where(SlotChoice.sign_up_id == sign_up.id)
    )
    return db.session.scalars(rows.order_by(Slot.starts, Slot.position)).all()


def of_parties(sign_up_ids: Collection[int]) -> dict[int, list[str]]:
    """The titles of what each of these parties chose, in the order of the day."""
    rows = select(SlotChoice.sign_up_id, Slot.title).join(Slot, Slot.id == SlotChoice.slot_id)
    theirs = rows.where(SlotChoice.sign_up_id.in_(sign_up_ids)).order_by(Slot.starts, Slot.position)
    found: dict[int, list[str]] = {}
    for sign_up_id, title in db.session.execute(theirs):
        found.setdefault(sign_up_id, []).append(title or "")
    return found


def plainly_chosen(sign_up: SignUp) -> tuple[Timed, ...]:
    """The same without rows behind it."""
    return tuple(bare(row) for row in chosen(sign_up))


def hours(event: Event) -> list[tuple[time, int]]:
    """When each date of the event starts, and how many minutes it lasts."""
    rows = select(Occurrence.starts, Occurrence.minutes).where(
        Occurrence.event_id == event.id, Occurrence.cancelled_at.is_(None)
    )
    return [(starts, minutes) for starts, minutes in db.session.execute(rows.distinct())]


def the_date(event: Event) -> Occurrence | None:
    """The date that stands for the event on paper and in a file: the next one, else the last one."""
    is_over = Occurrence.ends_at <= now()
    ahead = case((is_over, None), else_=Occurrence.starts_at)
    rows = select(Occurrence).where(Occurrence.event_id == event.id)
    ordered = rows.order_by(Occurrence.cancelled_at.is_not(None), is_over, ahead, Occurrence.starts_at.desc())
    return db.session.scalars(ordered.limit(1)).first()


def dates_to_come(event: Event) -> Sequence[int]:
    """The ids of the dates for which people may still choose."""
    rows = select(Occurrence.id).where(Occurrence.event_id == event.id, Occurrence.ends_at > now())
    return db.session.scalars(rows.order_by(Occurrence.id)).all()


def most_on_a_date(row: Slot) -> int:
    """How many people chose this slot on the date on which most did."""
    people = select(func.sum(SignUp.party)).join(SlotChoice, SlotChoice.sign_up_id == SignUp.id)
    theirs = people.where(SlotChoice.slot_id == row.id, SignUp.state.in_(COUNTED))
    return max(db.session.scalars(theirs.group_by(SignUp.occurrence_id)), default=0)
