"""Taking, leaving and changing places; every deed locks its date first, and tells who is concerned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Unpack

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.events.kinds import ACTIVE, HOLDING, Cause, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import keeping, line, places, queries, sentences, taking, telling
from engage.events.signing.models import SignUp, SignUpChange
from engage.events.signing.taking import Said, Wanted
from engage.intake import actions as intake
from engage.journal import actions as journal
from engage.outbox import actions as outbox


def sign_up(
    occurrence: places.Dated,
    *,
    account: Account | None = None,
    entered_by: Account | None = None,
    is_partner: bool = False,
    **wanted: Unpack[Wanted],
) -> tuple[SignUp, str]:
    """A place, or one in the waiting line, and the follow-up code in plain; sent again, the same ones.

    Raises Refused when this date is not open, this person is signed up already, or the party is too large.
    The clock tells who signed up: whoever wants a place waits for as little as possible.
    """
    party = sentences.checked_party(wanted["companions"])
    person = queries.person_digest(account, wanted["name"], wanted["contact"], wanted["reply"])
    open_date, met = places.lock_and_meet(occurrence, wanted["submission_key"], person)
    code = intake.code_of(wanted["submission_key"])
    if met.same_form:
        return _same_date(met.same_form, occurrence), code
    locked = _still_open(open_date, occurrence)
    _refuse_newcomer(locked, met, party)
    who: dict[str, Any] = {"person_digest": person, "account_id": account and account.id}
    who["entered_by_id"] = entered_by and entered_by.id
    made = taking.insert(locked, met.held, wanted, is_partner=is_partner, code=code, **who)
    places.was_written(occurrence, met.held.held + (made.party if made.queue is None else 0))
    if made.queue is not None and places.Room.of(locked, met.held).free > 0:
        line.settle(queries.date(occurrence.id), here=made)
    return made, code


def _still_open(locked: places.Locked | None, occurrence: places.Dated) -> places.Locked:
    if locked is None:
        raise Refused(sentences.why_closed(queries.date(occurrence.id)))
    return locked


def _refuse_newcomer(locked: places.Locked, met: queries.Met, party: int) -> None:
    if met.same_person:
        raise Refused(sentences.what_they_have(met.same_person))
    sentences.refuse_too_large(locked.capacity, party)


def _same_date(earlier: SignUp, occurrence: places.Dated) -> SignUp:
    if earlier.occurrence_id != occurrence.id:
        raise Refused(_("This form was already sent. Please open the page again."))
    return earlier


def tell_newcomer(change: SignUpChange) -> None:
    """Tell somebody that they are signed up, unless it stands otherwise meanwhile and they heard of that."""
    change.to_tell = False
    sign_up = change.sign_up
    if sign_up.state is change.state:
        is_in = sign_up.state is SignUpState.CONFIRMED
        telling.tell(sign_up, telling.CONFIRMED if is_in else telling.WAITING, change)


def _locked(sign_up: SignUp) -> Occurrence:
    """The date of this sign-up, locked; the sign-up as it stands now. Raises Refused after its end."""
    occurrence = places.lock_running(sign_up.occurrence_id)
    db.session.refresh(sign_up)
    return occurrence


def cancel(sign_up: SignUp, *, cause: Cause = Cause.PERSON, by: Account | None = None, why: str = "") -> None:
    """Somebody does not come; the next ones in line hear of it at once. Twice is once.

    Raises Refused when the date is over, or their coming was noted.
    """
    occurrence = _locked(sign_up)
    if sign_up.state is SignUpState.CANCELLED:
        return
    if sign_up.state not in ACTIVE:
        raise Refused(sentences.no_longer(sign_up))
    change = line.move(sign_up, SignUpState.CANCELLED, cause, by=by, why=why)
    telling.tell(sign_up, telling.LEFT if cause is Cause.PERSON else telling.removed(by), change)
    line.settle(occurrence)
    if by:
        journal.record("sign-up cancelled", "occurrence", occurrence.code, by=by)


def change(
    sign_up: SignUp, *, cause: Cause = Cause.PERSON, by: Account | None = None, **said: Unpack[Said]
) -> None:
    """With other people, needs or answers. Raises Refused when there is no room for who comes more."""
    changed = rewrite(sign_up, cause=cause, by=by, **said)
    if changed is None:
        return
    news = telling.CHANGED if cause is Cause.PERSON else telling.CHANGED_BY_TEAM
    telling.tell(sign_up, news, changed)
    if by:
        journal.record("sign-up changed", "occurrence", sign_up.occurrence.code, by=by)


def rewrite(
    sign_up: SignUp, *, cause: Cause, by: Account | None = None, **said: Unpack[Said]
) -> SignUpChange | None:
    """The same, for whoever tells of it themselves; None when nothing is said anew."""
    party = sentences.checked_party(said["companions"])
    occurrence = _locked(sign_up)
    if sign_up.state not in ACTIVE:
        raise Refused(sentences.no_longer(sign_up))
    if not taking.is_news(sign_up, said):
        return None
    _refuse_without_room(occurrence, sign_up, party)
    taking.rewrite(sign_up, said)
    changed = line.note(sign_up, cause, by=by)
    line.settle(occurrence)
    return changed


def _refuse_without_room(occurrence: Occurrence, sign_up: SignUp, party: int) -> None:
    """Who holds places may take more of them only where a newcomer could."""
    sentences.refuse_too_large(occurrence.capacity, party)
    if sign_up.state not in HOLDING or party <= sign_up.party:
        return
    room, held = places.room(occurrence)
    free = room.past_the_line(held, sign_up.is_reserved)
    if party - sign_up.party > free:
        raise Refused(sentences.no_room(free))


def accept(sign_up: SignUp, *, cause: Cause = Cause.PERSON, by: Account | None = None) -> None:
    """Take the place that was offered. Twice is once. Raises Refused when the offer is over."""
    occurrence = _locked(sign_up)
    if sign_up.state is SignUpState.CONFIRMED:
        return
    if sign_up.offered_until is None or sign_up.offered_until <= now():
        raise Refused(sentences.offer_over(sign_up))
    telling.tell(sign_up, telling.CONFIRMED, line.move(sign_up, SignUpState.CONFIRMED, cause, by=by))
    line.settle(occurrence)


def decline(sign_up: SignUp, *, cause: Cause = Cause.PERSON, by: Account | None = None) -> None:
    """Leave the place that was offered to the next one. Twice is once."""
    cancel(sign_up, cause=cause, by=by)


def set_capacity(occurrence: Occurrence, capacity: int | None, *, by: Account) -> None:
    """As many places as the room has (None: no limit). Raises Refused, with the numbers, for too few."""
    locked = places.lock_running(occurrence.id)
    sentences.refuse_capacity(capacity, queries.counts(locked))
    if locked.capacity != capacity:
        before, after = (value or "∞" for value in (locked.capacity, capacity))
        journal.record("places changed", "occurrence", locked.code, by=by, note=f"{before} → {after}")
        locked.capacity = capacity
        line.settle(locked)


def cancel_occurrence(occurrence: Occurrence, why: str, *, by: Account) -> None:
    """It does not take place: everybody who wanted to come is told. Twice is once."""
    cancel_occurrences([occurrence], why, by=by)


def cancel_occurrences(occurrences: Iterable[Occurrence], why: str, *, by: Account) -> None:
    """They do not take place: who wanted to come to several of them is told once of all."""
    telling.tell_called_off([one for date in occurrences for one in _call_off(date, why, by=by)])


def _call_off(occurrence: Occurrence, why: str, *, by: Account) -> list[tuple[SignUp, SignUpChange]]:
    locked = places.lock_running(occurrence.id)
    if locked.is_cancelled:
        return []
    locked.cancelled_at = locked.changed_at = now()
    locked.cancelled_why = why
    locked.sequence += 1
    people = queries.active(locked)
    changes = [line.move(one, SignUpState.CANCELLED, Cause.EVENT, by=by, why=why) for one in people]
    line.settle(locked)
    journal.record("date cancelled", "occurrence", locked.code, by=by, note=why)
    return list(zip(people, changes, strict=True))


def release_reserved(occurrence: Occurrence) -> None:
    """Places kept for partner patients are for everybody now, if their day has come."""
    locked = places.lock_running(occurrence.id)
    if queries.is_to_release(locked, locked.event.released_days):
        locked.reserved = 0
        line.settle(locked)


def expire_offers(occurrence: Occurrence) -> None:
    """Offers that nobody took go to the next ones in line."""
    locked = places.lock_running(occurrence.id)
    for one in queries.lapsed(locked, now()):
        line.lapse(locked, one)
    line.settle(locked)


def forget_needs(occurrence: Occurrence) -> None:
    """What people needed served its day: it is nobody's business any more."""
    for one in queries.guests(occurrence):
        one.needs, one.needs_words = [], None


def forget_list(occurrence: Occurrence) -> None:
    """Who came is forgotten, how many came stays; the journal proves that it was done."""
    keeping.keep(occurrence)
    for one in queries.guests(occurrence):
        _forget(one)
    journal.record("contact erased", "occurrence", occurrence.code, by=None)


def _forget(sign_up: SignUp) -> None:
    taking.forget(sign_up)
    intake.close_follow_ups("sign-up", sign_up.code)
    outbox.forget(("sign-up", sign_up.code))


def forget_person(account: Account) -> None:
    """Free the places of an account that is about to be erased; what it said is erased too."""
    for one in queries.every_of_account(account):
        if one.state in ACTIVE and one.occurrence.ends_at > now():
            cancel(one)
        _forget(one)
