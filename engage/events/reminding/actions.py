"""Reminding people once of a date, taking back what serves no more, and choosing how to be reminded."""

from __future__ import annotations

from collections.abc import Sequence

from engage.accounts.models import Account
from engage.centre import queries as centre
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.events.kinds import CAME, Reminded, SignUpState
from engage.events.models import Occurrence
from engage.events.reminding import queries, telling, ways
from engage.events.reminding.models import Delivery, DeliveryKind, DeliveryState
from engage.events.reminding.moves import queries as moves
from engage.events.reminding.queries import Due, Waiting
from engage.events.reminding.times import when
from engage.events.signing.models import SignUp
from engage.journal import actions as journal
from engage.outbox import actions as outbox
from engage.outbox import wanted
from engage.outbox.models import Kind, Message, State
from engage.outbox.queries import is_stopped

STANDING = {
    **dict.fromkeys(DeliveryKind, (SignUpState.CONFIRMED,)),
    DeliveryKind.THANKS: (SignUpState.CONFIRMED, *CAME),
}


def remind(date: Occurrence, one: Due, people: Sequence[SignUp]) -> int:
    """Write a row for each of them, and the message with it; how many messages. The date is locked.

    What is late serves nobody: its row says that it was missed. Who has heard of the date as it stands, or
    had this reminder before it changed, needs none either.
    """
    is_late, heard, told = one.when.late <= now(), _have_heard(date, one, people), 0
    for person in people:
        way = ways.of_kind(person, one.kind)
        if way is None:
            continue
        state = DeliveryState.SUPERSEDED if person.id in heard else DeliveryState.WRITTEN
        row = _noted(person, one, way, DeliveryState.MISSED if is_late else state)
        if row is None or row.state is not DeliveryState.WRITTEN:
            continue
        if telling.tell(person, one.kind, way):
            told += 1
        else:
            row.state = DeliveryState.MISSED
    return told


def _have_heard(date: Occurrence, one: Due, people: Sequence[SignUp]) -> set[int]:
    """A reminder that is due after the last change is due anew: it says something else."""
    if not date.sequence or one.when.due > date.changed_at:
        return set()
    return queries.told_before(one.kind, people) | moves.told_of_move(date, people)


def _noted(person: SignUp, one: Due, way: ways.Way, state: DeliveryState) -> Delivery | None:
    """None when somebody else was faster: the unique key of the row decides who tells it."""
    return insert_once(
        Delivery,
        sign_up_id=person.id,
        kind=one.kind,
        revision=person.occurrence.sequence,
        channel=way.channel,
        state=state,
        due_at=one.when.due,
        done_at=now(),
    )


def take_back() -> int:
    """Stop the reminders that wait and serve no more; how many. Those of a date that changed are superseded.

    Nobody is called for a date that is over, was moved, or that they left.
    """
    late = [one for one in queries.waiting() if not _still_serves(one)]
    for one in late:
        one.message.state = State.STOPPED
    db.session.flush()
    return len(late)


def give_back() -> int:
    """Who missed a date and comes after all is reminded as if nothing had been; how many."""
    return sum(_is_given_back(one) for one in queries.taken_back())


def _is_given_back(one: Waiting) -> bool:
    """By the way they want now, unless they stopped such mails."""
    message, way = one.message, ways.of_kind(one.delivery.sign_up, one.delivery.kind)
    one.delivery.done_at = now()
    is_same = way is not None and way.channel is message.channel
    if not is_same or _why_not(one) or is_stopped(message.address_digest, message.kind):
        return False
    message.state, message.not_before = State.WAITING, now()
    return True


def still_serves(message: Message) -> bool:
    """Asked before it leaves: nobody knows how long the worker, or the mail server, was away."""
    found = queries.of_message(message)
    return found is None or _still_serves(found)


wanted.ask(Kind.REMINDER, still_serves)


def _still_serves(one: Waiting) -> bool:
    """If not, its row says why; but of what may have left, nobody knows that it did not."""
    state = _why_not(one)
    if state and one.message.state is not State.UNCERTAIN:
        one.delivery.state, one.delivery.done_at = state, now()
    return state is None


def _why_not(one: Waiting) -> DeliveryState | None:
    row, sign_up = one.delivery, one.delivery.sign_up
    date = sign_up.occurrence
    if row.revision < date.sequence:
        return DeliveryState.SUPERSEDED
    is_late = when(row.kind, date.starts_at, date.ends_at, centre.zone()).late <= now()
    if is_late or date.is_cancelled or sign_up.state not in STANDING[row.kind]:
        return DeliveryState.MISSED
    return None


def prefer(sign_up: SignUp, way: Reminded) -> None:
    """How somebody wants to be reminded from now on, in a group of each of its dates."""
    prefer_for(queries.of_group(sign_up), way)


def prefer_for(sign_ups: Sequence[SignUp], way: Reminded) -> None:
    """The same for all that one person has; who wants no reminder gets none that still waits."""
    for one in sign_ups:
        one.reminded_by = way
        if way is Reminded.NOT:
            outbox.withdraw(("sign-up", one.code), Kind.REMINDER)
        if way is Reminded.MAIL and (chosen := ways.chosen(one)) and chosen.address:
            outbox.allow(chosen.address, Kind.REMINDER)


def carry_wishes() -> int:
    """Who joined a group chooses once, also for dates that are made later; for how many places."""
    found = dict(queries.without_wish())  # the last wish counts
    for sign_up, wish in found.items():
        sign_up.reminded_by = wish
    db.session.flush()
    return len(found)


def print_calls(occurrence: Occurrence, *, by: Account) -> list[tuple[SignUp, ways.Way]]:
    """Who is to be called or told before this date; that their numbers went onto paper is noted."""
    found = [(one, way) for one in queries.to_call(occurrence) if (way := ways.chosen(one))]
    journal.record("call list printed", "occurrence", occurrence.code, by=by)
    return [(one, way) for one, way in found if way.channel not in ways.BY_ITSELF]
