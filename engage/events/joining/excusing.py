"""Missing one date of a group, and coming all the same; by oneself, or said to who brought one in."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.kinds import ACTIVE, Cause, SignUpState
from engage.events.signing import line, places, sentences, telling
from engage.events.signing import queries as signed
from engage.events.signing.models import SignUp, SignUpChange
from engage.journal import actions as journal

MISSED = (SignUpState.EXCUSED, SignUpState.CANCELLED)


def excuse(sign_up: SignUp, *, by: Account | None = None) -> None:
    """They miss this one date; the next in line hears of the place at once. Twice is once.

    Raises Refused when the date is over, or their coming was noted.
    """
    occurrence = places.lock_running(sign_up.occurrence_id)
    db.session.refresh(sign_up)
    if sign_up.state in MISSED:
        return
    if sign_up.state not in ACTIVE:
        raise Refused(sentences.no_longer(sign_up))
    change = line.move(sign_up, SignUpState.EXCUSED, _cause(by), by=by)
    telling.tell(sign_up, telling.EXCUSED_BY_RELAY if by else telling.EXCUSED, change)
    line.settle(occurrence)
    if by:
        journal.record("member excused", "occurrence", occurrence.code, by=by)


def _cause(by: Account | None) -> Cause:
    return Cause.TEAM if by else Cause.PERSON


def come_back(sign_up: SignUp, *, by: Account | None = None) -> None:
    """They come all the same: a place if there is one, else the end of the waiting line. Twice is once.

    The clock tells them, as it tells newcomers; at once, by their channel, whom somebody else says it for.

    Raises Refused when the date is closed, or they have another sign-up for it.
    """
    locked, met = places.lock_and_meet(sign_up.occurrence, sign_up.submission_key, sign_up.person_digest)
    if locked is None:
        raise Refused(sentences.why_closed(signed.date(sign_up.occurrence_id)))
    db.session.refresh(sign_up)
    if sign_up.state not in MISSED:
        return
    if met.same_person:
        raise Refused(sentences.what_they_have(met.same_person))
    room = places.Room.of(locked, met.held).past_the_line(met.held, sign_up.is_reserved)
    sign_up.offers = 0
    change = _place(sign_up, by) if sign_up.party <= room else _queue(sign_up, met.held.last_in_line + 1, by)
    if by:
        _say(sign_up, change)
        journal.record("member back", "occurrence", sign_up.occurrence.code, by=by)


def _place(sign_up: SignUp, by: Account | None) -> SignUpChange:
    change = line.move(sign_up, SignUpState.CONFIRMED, _cause(by), by=by, to_tell=by is None)
    places.write_back(sign_up.occurrence)
    return change


def _queue(sign_up: SignUp, place: int, by: Account | None) -> SignUpChange:
    """Whoever is not there themselves is offered a place like anybody."""
    sign_up.queue = place
    change = line.move(sign_up, SignUpState.WAITING, _cause(by), by=by, to_tell=by is None)
    line.settle(signed.date(sign_up.occurrence_id), here=None if by else sign_up)
    return change


def _say(sign_up: SignUp, change: SignUpChange) -> None:
    """Unless the line has just told them better."""
    if sign_up.state is change.state:
        is_in = sign_up.state is SignUpState.CONFIRMED
        telling.tell(sign_up, telling.BACK if is_in else telling.BACK_IN_LINE, change)
