"""Writing a programme, bringing one in from a file, and choosing what one comes to."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.orm.attributes import flag_modified

from engage.accounts.models import Account
from engage.centre.queries import zone
from engage.centre.wall_clock import moments
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.events.kinds import EventState
from engage.events.models import Event, Occurrence
from engage.events.programme import queries, rules
from engage.events.programme.document import WORDS, Day, Timed, Told
from engage.events.programme.models import Programme, Slot, SlotChoice, Speaker
from engage.events.signing import places
from engage.events.signing.models import SignUp
from engage.journal import actions as journal


def bring_in(day: Day, *, publish: bool, by: Account | None) -> Event:
    """An event with its one date and its programme; a day that is over is history, and welcome."""
    state = EventState.PUBLISHED if publish else EventState.DRAFT
    event = Event(
        kind=day.kind, state=state, title=day.title, organiser=day.organiser, place=day.place,
        address=day.address, signing_up=day.signing_up, capacity=day.capacity, created_at=now(), **day.words,
    )  # fmt: skip
    db.session.add(event)
    db.session.flush()
    db.session.add(_date(event, day))
    _write(event, day.programme)
    journal.record("event brought in", "event", event.code, by=by, note=event.title)
    if publish:
        journal.record("event published", "event", event.code, by=by, note=event.title)
    return event


def _date(event: Event, day: Day) -> Occurrence:
    starts_at, ends_at = moments(day.day, day.starts, day.minutes, zone())
    return Occurrence(
        event_id=event.id, day=day.day, starts=day.starts, minutes=day.minutes, starts_at=starts_at,
        ends_at=ends_at, closes_at=starts_at, capacity=day.capacity, changed_at=now(),
    )  # fmt: skip


def _write(event: Event, programme: Told) -> None:
    row = Programme(
        event_id=event.id,
        subject=programme.subject,
        is_remote=programme.is_remote,
        audiences=list(programme.audiences),
        committee=[one._asdict() for one in programme.committee],
        notes=list(programme.notes),
    )
    db.session.add(row)
    for position, slot in enumerate(programme.slots, 1):
        db.session.add(_fill(Slot(event_id=event.id, position=position), slot))
    db.session.flush()


def _fill(row: Slot, slot: Timed) -> Slot:
    row.starts, row.ends, row.kind, row.number = slot.starts, slot.ends, slot.kind, slot.number
    row.title, row.text, row.topics, row.room = slot.title, slot.text, list(slot.topics), slot.room
    row.takes_sign_up, row.capacity = slot.takes_sign_up, slot.capacity
    voices = [one._asdict() for one in slot.speakers]
    if voices != [_voice(one) for one in row.speakers]:
        row.speakers.clear()
        db.session.flush()
        row.speakers = [Speaker(position=place, **voice) for place, voice in enumerate(voices, 1)]
    return row


def _voice(row: Speaker) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("name", "role", "organisation", "is_remote")}


def copy(event: Event, twin: Event) -> None:
    """The same programme for a copy of the event."""
    if (held := queries.told(event.id)) is not None:
        _write(twin, held)


def take_out(event: Event) -> Day:
    """All that a file says of the event. Raises Refused for an event without a date or a slot."""
    date, held = queries.the_date(event), queries.told(event.id)
    if date is None:
        raise Refused(_("Give it a date first: people must know when to come."))
    if held is None or not held.slots:
        raise Refused(_("This event has no programme yet."))
    return Day(
        title=event.title, kind=event.kind, day=date.day, starts=date.starts, minutes=date.minutes,
        programme=held, organiser=event.organiser, place=date.place or event.place,
        address="" if date.place else event.address, signing_up=event.signing_up, capacity=event.capacity,
        words={name: getattr(event, name) for name in WORDS},
    )  # fmt: skip


def describe(
    event: Event, *, version: int, subject: str, is_remote: bool, audiences: list[str], by: Account
) -> None:
    """What the day is about, for whom, and whether one may follow it from afar."""
    row = _opened(event, version)
    row.subject, row.is_remote, row.audiences = subject, is_remote, audiences
    _note(event, by)


def _opened(event: Event, version: int) -> Programme:
    """The programme, to change it: the event is ours until the unit ends, or somebody was faster."""
    if event.version != version:
        raise Refused(_("Somebody changed this event meanwhile. Please look at it again."))
    flag_modified(event, "title")  # slots stand in rows of their own: the version must grow for them too
    db.session.flush()
    row = queries.programme(event)
    if row is None:
        row = Programme(event_id=event.id, audiences=[], committee=[], notes=[])
        db.session.add(row)
    return row


def _note(event: Event, by: Account) -> None:
    journal.record("programme changed", "event", event.code, by=by, note=event.title)


def add_slot(event: Event, slot: Timed, *, version: int, by: Account) -> Slot:
    """Raises Refused when it overlaps another one, or cannot be."""
    _opened(event, version)
    _refuse_faulty(event, slot)
    last = db.session.scalars(select(func.max(Slot.position)).filter_by(event_id=event.id)).one()
    row = _fill(Slot(event_id=event.id, position=(last or 0) + 1), slot)
    db.session.add(row)
    _note(event, by)
    return row


def _refuse_faulty(event: Event, slot: Timed, row: Slot | None = None) -> None:
    others = [queries.plain(one) for one in queries.slots(event.id) if one is not row]
    if sentence := rules.fault(slot, others, queries.hours(event)):
        raise Refused(sentence)


def edit_slot(event: Event, row: Slot, slot: Timed, *, version: int, by: Account) -> None:
    """Raises Refused when it overlaps another one, or has fewer places than were chosen."""
    _opened(event, version)
    _refuse_faulty(event, slot, row)
    _hold_dates(event, row)
    _refuse_fewer(row, slot)
    _fill(row, slot)
    _note(event, by)


def _hold_dates(event: Event, row: Slot) -> None:
    """Nobody chooses meanwhile."""
    if row.takes_sign_up:
        for date in queries.dates_to_come(event):
            places.lock_running(date)


def _refuse_fewer(row: Slot, slot: Timed) -> None:
    people = queries.most_on_a_date(row)
    if people and not slot.takes_sign_up:
        raise Refused(_chosen_by(people))
    if slot.capacity is not None and slot.capacity < people:
        raise Refused(
            ngettext(
                "%(num)s person has chosen this slot: keep as many places at least.",
                "%(num)s people have chosen this slot: keep as many places at least.",
                people,
            )
        )


def _chosen_by(people: int) -> str:
    return ngettext(
        "%(num)s person has chosen this slot: it stays. Write to them first, so that they choose another.",
        "%(num)s people have chosen this slot: it stays. Write to them first, so that they choose another.",
        people,
    )


def remove_slot(event: Event, row: Slot, *, version: int, by: Account) -> None:
    """Raises Refused, with the number, when people chose it."""
    _opened(event, version)
    _hold_dates(event, row)
    if people := queries.people_by_slot(event).get(row.id, 0):
        raise Refused(_chosen_by(people))
    db.session.execute(delete(SlotChoice).filter_by(slot_id=row.id))
    db.session.delete(row)
    _note(event, by)


def choose(sign_up: SignUp, slot_ids: Collection[int]) -> None:
    """From now on the party comes to these slots and no others; call it where its date is locked.

    Raises Refused for a slot that is full, or that is none of this event.
    """
    wanted = set(slot_ids)
    known = {one.id: one for one in queries.to_choose(sign_up.occurrence, but=sign_up.id)}
    for slot_id in sorted(wanted):
        _refuse_full(known.get(slot_id), sign_up.party)
    if both := rules.clash([known[slot_id] for slot_id in wanted]):
        raise Refused(both)
    held = {one.id for one in queries.chosen(sign_up)}
    _let_go(sign_up, held - wanted)
    db.session.add_all(SlotChoice(sign_up_id=sign_up.id, slot_id=slot_id) for slot_id in wanted - held)
    db.session.flush()


def _refuse_full(slot: Timed | None, party: int) -> None:
    if slot is None:
        raise Refused(_("The programme has changed meanwhile. Please choose again."))
    if slot.free is not None and slot.free < party:
        raise Refused(rules.full(slot, slot.free))


def _let_go(sign_up: SignUp, slot_ids: Iterable[int]) -> None:
    theirs = delete(SlotChoice).where(SlotChoice.sign_up_id == sign_up.id, SlotChoice.slot_id.in_(slot_ids))
    db.session.execute(theirs)
