"""Opening the door on a telephone, noting who comes, and ending the day."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete

from engage.accounts.models import Account
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.arriving import noting, queries
from engage.events.arriving.entries import Entry, Said
from engage.events.arriving.models import Arrival, ArrivalKind, DoorPass
from engage.events.arriving.queries import Guest
from engage.events.arriving.writing import Noted, note_all, written
from engage.events.kinds import Cause, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import line, places
from engage.journal import actions as journal

KEPT_OPEN = timedelta(hours=24)
HANDED_SIGNS = 12
WAITED = (SignUpState.WAITING, SignUpState.OFFERED)


def open_door(
    occurrence: Occurrence, *, device: str, by: Account, is_handed_over: bool = False
) -> tuple[DoorPass, str]:
    """A pass for one telephone, valid until a day after the end, and its secret: kept there alone.

    `is_handed_over`: a code instead, which another telephone changes for its secret, once, within minutes.
    """
    ends_at = occurrence.ends_at + KEPT_OPEN
    if occurrence.is_cancelled or ends_at <= now():
        raise Refused(_("This date is over or cancelled: nobody is expected any more."))
    token = keys.random_code(HANDED_SIGNS) if is_handed_over else secrets.token_urlsafe(32)
    made = DoorPass(
        token_digest=queries.handed_digest(token) if is_handed_over else queries.token_digest(token),
        occurrence_id=occurrence.id,
        device=device,
        made_by_id=by.id,
        made_at=now(),
        ends_at=ends_at,
    )
    db.session.add(made)
    journal.record("door opened", "occurrence", occurrence.code, by=by)
    return made, token


def claim(occurrence_code: str, typed: str) -> tuple[DoorPass, str]:
    """The telephone that was handed the code has the pass from now on. Raises Refused for any other code."""
    door = queries.handed(occurrence_code, typed)
    if door is None:
        raise Refused(_("This code is wrong, has served already, or is too old. Ask the team for another."))
    token = secrets.token_urlsafe(32)
    door.token_digest = queries.token_digest(token)
    return door, token


def revoke(occurrence: Occurrence, door: DoorPass, *, by: Account) -> None:
    """This telephone checks nobody in any more, and wipes the list when it hears of it. Twice is once."""
    if door.revoked_at is None:
        door.revoked_at = now()
        journal.record("door revoked", "occurrence", occurrence.code, by=by)


def give_back(door: DoorPass) -> None:
    """Whoever holds the telephone ends its pass."""
    door.revoked_at = now()


def receive(door: DoorPass, entries: Sequence[Entry]) -> Noted:
    """What a telephone noted, also long after; what it sends again is known by its key."""
    by = db.session.get(Account, door.made_by_id) if door.made_by_id else None
    return note_all(door.occurrence_id, entries, by=by, door=door)


def read_list(occurrence: Occurrence, *, by: Account) -> list[Guest]:
    """Who is expected and who came, for paper or for the screen: each look is in the journal."""
    journal.record("guests viewed", "occurrence", occurrence.code, by=by)
    return queries.roster(occurrence, queries.KNOWN)


def enter_list(occurrence: Occurrence, said: Mapping[str, Said], *, submission_key: str, by: Account) -> int:
    """The paper list, typed: what it says of each sign-up by its code; how many of them that changes.

    Raises Refused when the day is closed.
    """
    locked = queries.locked(occurrence.id)
    if locked.day_closed_at:
        raise Refused(_("The day is closed. Open it again to change the list."))
    guests = [guest for guest in queries.roster(occurrence, queries.KNOWN) if guest.code in said]
    entries = [
        Entry(f"{submission_key[:48]}-{guest.code}", kind, guest.code, said[guest.code].party)
        for guest in guests
        if (kind := _news(guest, said[guest.code]))
    ]
    note_all(occurrence.id, entries, by=by)
    changed = {entry.who for entry in entries}
    for one in {*queries.sign_ups(locked, (guest.code for guest in guests)).values()}:
        if noting.say_why(one, is_excused=said[one.code].is_excused, by=by):
            changed.add(one.code)
    line.settle(locked)
    journal.record("arrivals entered", "occurrence", occurrence.code, by=by, note=str(len(changed)))
    return len(changed)


def _news(guest: Guest, said: Said) -> ArrivalKind | None:
    """What the paper says otherwise than the list about who is there."""
    if said.party:
        return None if guest.is_here and guest.party == said.party else ArrivalKind.CAME
    return ArrivalKind.UNDONE if guest.is_here else None


def add_walk_in(occurrence: Occurrence, *, name: str, party: int, submission_key: str, by: Account) -> None:
    """Somebody came without a sign-up; the same key adds them once."""
    note_all(occurrence.id, [Entry(submission_key, ArrivalKind.WALK_IN, "", party, name)], by=by)


def set_head_count(occurrence: Occurrence, heads: int, *, submission_key: str, by: Account) -> None:
    """So many people were there, whatever was counted at the door before."""
    missing = heads - (queries.locked(occurrence.id).head_count or 0)
    kind = ArrivalKind.COUNT if missing >= 0 else ArrivalKind.UNDONE
    note_all(occurrence.id, [Entry(submission_key, kind, "", abs(missing))], by=by)


def close_day(occurrence: Occurrence, *, by: Account) -> None:
    """The day is over: who was expected and did not come is absent, who waited waits no more. Twice is once.

    Raises Refused before the start, and for a cancelled date.
    """
    locked = queries.locked(occurrence.id)
    if locked.is_cancelled or now() < locked.starts_at:
        raise Refused(_("This date has not begun: its day cannot be closed yet."))
    if locked.day_closed_at:
        return
    for one in queries.with_state(locked, SignUpState.CONFIRMED):
        line.move(one, SignUpState.ABSENT, Cause.TEAM, by=by)
    for one in queries.with_state(locked, *WAITED):
        line.move(one, SignUpState.CANCELLED, Cause.EVENT, by=by)
    locked.day_closed_at = now()
    written(locked)
    journal.record("day closed", "occurrence", locked.code, by=by)


def reopen_day(occurrence: Occurrence, *, by: Account) -> None:
    """The list can be put right again: who was absent is expected. Twice is once.

    Raises Refused once the list is anonymous.
    """
    locked = queries.locked(occurrence.id)
    if locked.ends_at < queries.kept_since():
        raise Refused(_("The list of this date is anonymous by now: it cannot be changed any more."))
    if locked.day_closed_at is None:
        return
    locked.day_closed_at = None
    for one in queries.with_state(locked, SignUpState.ABSENT):
        if one.party <= places.room(locked)[0].free:
            line.move(one, SignUpState.CONFIRMED, Cause.TEAM, by=by)
    written(locked)
    journal.record("day reopened", "occurrence", locked.code, by=by)


def forget_door(occurrence: Occurrence) -> None:
    """Who came at which minute, and on which telephone it was noted: nobody's business any more."""
    for model in (Arrival, DoorPass):
        db.session.execute(delete(model).filter_by(occurrence_id=occurrence.id))
