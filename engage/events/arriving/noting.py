"""Somebody came, did not after all, or walked in: what it makes of their sign-up; the date is locked."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core import keys
from engage.core.clock import now
from engage.core.db import insert_once
from engage.events.arriving import queries
from engage.events.arriving.models import Arrival
from engage.events.kinds import ACTIVE, CAME, HOLDING, SEATED, Cause, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import line, places
from engage.events.signing.models import MOST_PEOPLE, SignUp
from engage.intake.models import Door, Reply

DID_NOT_COME = (SignUpState.ABSENT, SignUpState.EXCUSED)


def come(occurrence: Occurrence, sign_up: SignUp, party: int, *, by: Account | None, why: str) -> None:
    """They are there, `party` of them (0: as many as signed up). Twice is once.

    Who holds places keeps them; who has none any more walked in, and takes none of those counted.
    """
    wanted = min(party or MOST_PEOPLE, _whole(sign_up))
    state = _seat(occurrence, sign_up)
    if state in SEATED:
        wanted = _fitting(occurrence, sign_up, wanted)
    if (state, wanted) != (sign_up.state, sign_up.party):
        sign_up.party = wanted
        line.move(sign_up, state, Cause.TEAM, by=by, why=why)


def _whole(sign_up: SignUp) -> int:
    """With everybody who was to come along, whoever of them came."""
    return max(sign_up.party, 1 + len(sign_up.companions))


def _seat(occurrence: Occurrence, sign_up: SignUp) -> SignUpState:
    if sign_up.state in SEATED:
        return SignUpState.ATTENDED
    if sign_up.state in DID_NOT_COME and sign_up.party <= places.room(occurrence)[0].free:
        return SignUpState.ATTENDED
    return SignUpState.WALK_IN


def _fitting(occurrence: Occurrence, sign_up: SignUp, wanted: int) -> int:
    """As many as there are places for, never fewer than the sign-up holds."""
    if wanted <= sign_up.party or sign_up.state not in SEATED:
        return min(wanted, sign_up.party)
    return min(wanted, sign_up.party + max(0, places.room(occurrence)[0].free))


def undo(occurrence: Occurrence, sign_up: SignUp, *, by: Account | None, why: str) -> None:
    """Noted by mistake: it stands as before, as far as that still makes sense. Twice is once."""
    if sign_up.state not in CAME:
        return
    state = _as_before(occurrence, sign_up)
    if state is SignUpState.WAITING:
        sign_up.queue = queries.turn(sign_up)
    if state not in SEATED:
        sign_up.party = _whole(sign_up)
    elif sign_up.state in SEATED:
        sign_up.party = _fitting(occurrence, sign_up, _whole(sign_up))
    line.move(sign_up, state, Cause.TEAM, by=by, why=why)


def _as_before(occurrence: Occurrence, sign_up: SignUp) -> SignUpState:
    is_seated = sign_up.state is SignUpState.ATTENDED
    state = queries.before_the_door(sign_up) or (
        SignUpState.CONFIRMED if is_seated else SignUpState.CANCELLED
    )
    if state in ACTIVE and queries.has_another(sign_up):
        return SignUpState.CANCELLED
    if state in HOLDING:
        return SignUpState.ABSENT if occurrence.day_closed_at else SignUpState.CONFIRMED
    if state is SignUpState.WAITING and occurrence.day_closed_at:
        return SignUpState.CANCELLED
    return state


def say_why(sign_up: SignUp, *, is_excused: bool, by: Account) -> bool:
    """Whether they had said that they do not come, of somebody who is not there; whether that is news."""
    if is_excused and sign_up.state in (*HOLDING, SignUpState.ABSENT):
        line.move(sign_up, SignUpState.EXCUSED, Cause.TEAM, by=by)
    elif not is_excused and sign_up.state is SignUpState.EXCUSED:
        line.move(sign_up, SignUpState.ABSENT, Cause.TEAM, by=by)
    else:
        return False
    return True


def walk_in(arrival: Arrival, name: str, *, by: Account | None, why: str) -> SignUp | None:
    """Somebody came without a sign-up; None when a form was sent with this key already."""
    made = insert_once(
        SignUp,
        code=keys.public_code(),
        submission_key=arrival.submission_key,
        occurrence_id=arrival.occurrence_id,
        name=name or None,
        reply=Reply.NONE,
        party=arrival.party,
        state=SignUpState.WALK_IN,
        needs=[],
        door=Door.RECEPTION,
        entered_by_id=by.id if by else None,
        created_at=now(),
    )
    if made is not None:
        arrival.sign_up_id = made.id
        line.note(made, Cause.TEAM, by=by, why=why)
    return made
