"""The waiting list: who gets a place that is free, for how long it is offered, who goes to the end."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.core.clock import local, now
from engage.core.db import db, stored
from engage.events.kinds import Cause, LargeParty, LatePlace, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import places, queries, telling
from engage.events.signing.models import SignUp, SignUpChange
from engage.outbox import actions as outbox
from engage.outbox.models import Kind

LONGEST_OFFER = timedelta(hours=48)
QUIET_BEFORE = timedelta(hours=12)
LATE = timedelta(hours=24)
MORNING, EVENING = time(9), time(19)
MOST_OFFERS = 2
LEFT = (SignUpState.CANCELLED, SignUpState.EXCUSED)
# Built once, as everything that is asked while others wait for the date.
CHANGES: Any = SignUpChange.__table__
NOTE = insert(CHANGES).returning(CHANGES.c.id)


def offer_ends(at: datetime, starts_at: datetime, zone: str) -> datetime:
    """48 hours, or a third of what is left; in the daytime, and never less than 12 hours before the start."""
    ends = at + min(LONGEST_OFFER, (starts_at - at) / 3)
    return min(_by_day(ends, zone), starts_at - QUIET_BEFORE)


def _by_day(moment: datetime, zone: str) -> datetime:
    """The first moment from this one on at which people may be expected to read a message."""
    there = local(moment, zone)
    if MORNING <= there.time() <= EVENING:
        return moment
    day = there.date() + timedelta(days=there.time() > EVENING)
    return datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(UTC)


def move(
    sign_up: SignUp,
    state: SignUpState,
    cause: Cause,
    *,
    by: Account | None = None,
    why: str = "",
    to_tell: bool = False,
) -> SignUpChange:
    """The sign-up stands like this from now on, and a row says who or what brought it there."""
    sign_up.state = state
    sign_up.queue = sign_up.queue if state is SignUpState.WAITING else None
    sign_up.offered_until = sign_up.offered_until if state is SignUpState.OFFERED else None
    if state in LEFT:
        outbox.withdraw(("sign-up", sign_up.code), Kind.REMINDER)
    return note(sign_up, cause, by=by, why=why, to_tell=to_tell)


def note(
    sign_up: SignUp, cause: Cause, *, by: Account | None = None, why: str = "", to_tell: bool = False
) -> SignUpChange:
    """`to_tell`: the clock tells the person of it."""
    db.session.flush()
    values = {"sign_up_id": sign_up.id, "at": now(), "state": sign_up.state, "party": sign_up.party}
    values |= {"cause": cause, "by_id": by.id if by else None, "why": why, "to_tell": to_tell}
    made: int = db.session.connection().execute(NOTE, values).scalar_one()
    return stored(SignUpChange, id=made, **values)


def settle(occurrence: Occurrence, here: SignUp | None = None) -> None:
    """Give what is free to those who wait, then write back what is taken; the date is locked.

    `here` has just signed up: whoever is there needs no offer.
    """
    db.session.flush()
    if now() < occurrence.starts_at and not occurrence.is_cancelled:
        _promote(occurrence, here)
    places.write_back(occurrence)


def _promote(occurrence: Occurrence, here: SignUp | None) -> None:
    """In strict order, unless the event lets a large party be passed.

    Behind a large party that waits, partner patients may still take what is kept for them: nobody before
    them could have had it.
    """
    room, held = places.room(occurrence)
    if not held.waiting_parties or room.free < 1:
        return
    is_strict = occurrence.event.large_party is LargeParty.WAITS
    is_blocked = False
    for one in queries.line(occurrence):
        reach = room.open_to(one.is_reserved)
        if is_blocked:
            reach = room.kept if one.is_reserved else 0
        if one.party <= reach:
            room.take(one.party, one.is_reserved)
            _give(occurrence, one, is_here=one is here)
        elif is_strict:
            if reach and not is_blocked:
                telling.alert_large_party(one, reach)
            is_blocked = True
            if one.is_reserved:
                return


def _give(occurrence: Occurrence, one: SignUp, *, is_here: bool) -> None:
    is_late = occurrence.starts_at - now() < LATE
    if is_here:
        move(one, SignUpState.CONFIRMED, Cause.PERSON, to_tell=True)
    elif is_late and occurrence.event.late_place is LatePlace.CONFIRMED:
        telling.tell(one, telling.GIVEN, move(one, SignUpState.CONFIRMED, Cause.EVENT))
    else:
        zone = centre_queries.zone()
        start = occurrence.starts_at
        one.offered_until = start if is_late else offer_ends(now(), start, zone)
        one.offers += 1
        change = move(one, SignUpState.OFFERED, Cause.EVENT)
        telling.tell(one, telling.OFFERED, change, called=is_late)


def lapse(occurrence: Occurrence, one: SignUp) -> None:
    """An offer was not taken: once the person goes to the end of the line, then out, and hears of it."""
    if one.offers < MOST_OFFERS and now() < occurrence.starts_at:
        one.queue = queries.counts(occurrence).last_in_line + 1
        telling.tell(one, telling.END_OF_LINE, move(one, SignUpState.WAITING, Cause.CLOCK))
    else:
        telling.tell(one, telling.OUT, move(one, SignUpState.CANCELLED, Cause.CLOCK))
