"""Who is expected at a date, who came, how many heads were counted, and which telephones may note it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import abort
from sqlalchemy import and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import aliased, contains_eager, selectinload

from engage.centre.queries import centre
from engage.core import keys
from engage.core.clock import ago, now
from engage.core.db import db
from engage.core.words import fold
from engage.events.arriving.models import Arrival, ArrivalKind, DoorPass
from engage.events.kinds import ACTIVE, CAME, SignUpState
from engage.events.letters import plain, spoken
from engage.events.models import Occurrence
from engage.events.signing.models import Companion, SignUp, SignUpChange

EXPECTED = (*ACTIVE, *CAME, SignUpState.ABSENT)
"""Who stands on the list at the door: not those who said that they do not come."""
KNOWN = (*EXPECTED, SignUpState.EXCUSED)
"""Who stands on the list of the team."""
DAYS_IN_A_MONTH = 30.44
CODE_LIFE = timedelta(minutes=15)
LOCK = (
    update(Occurrence)
    .where(Occurrence.id == bindparam("date"))
    .values(lock=Occurrence.lock + 1)
    .returning(Occurrence)
)


class Guest(NamedTuple):
    """One sign-up as a telephone at the door may know it; `whole`: with everybody who was to come along."""

    code: str
    name: str
    party: int
    whole: int
    state: SignUpState

    @property
    def is_here(self) -> bool:
        return self.state in CAME

    @property
    def spoken(self) -> str:
        return spoken(self.code)


class Figures(NamedTuple):
    """Parties, and the people in them: who is there, who of these walked in, who is still expected."""

    here: int
    people: int
    walk_ins: int
    expected: int
    absent: int
    excused: int


def token_digest(token: str) -> str:
    return keys.digest("door pass", token)


def handed_digest(code: str) -> str:
    return keys.digest("door code", code)


def handed(occurrence_code: str, typed: str) -> DoorPass | None:
    """The pass of this date whose code no telephone has changed yet, within minutes."""
    rows = select(DoorPass).join(DoorPass.occurrence).where(Occurrence.code == occurrence_code)
    fresh = rows.where(DoorPass.made_at > now() - CODE_LIFE, DoorPass.revoked_at.is_(None))
    mine = fresh.where(DoorPass.token_digest == handed_digest(plain(typed)))
    return db.session.scalars(mine.options(contains_eager(DoorPass.occurrence))).one_or_none()


def valid_pass(code: str, token: str) -> DoorPass | None:
    """What lets this device check people in for the date `code` now, with its date and event."""
    if not token:
        return None
    rows = select(DoorPass).join(DoorPass.occurrence).join(Occurrence.event).where(Occurrence.code == code)
    rows = rows.where(DoorPass.token_digest == token_digest(token), DoorPass.ends_at > now())
    whole = contains_eager(DoorPass.occurrence).contains_eager(Occurrence.event)
    return db.session.scalars(rows.filter(DoorPass.revoked_at.is_(None)).options(whole)).one_or_none()


def passes(occurrence: Occurrence) -> Sequence[DoorPass]:
    """The telephones that may check people in now."""
    rows = select(DoorPass).filter_by(occurrence_id=occurrence.id, revoked_at=None)
    return db.session.scalars(rows.where(DoorPass.ends_at > now()).order_by(DoorPass.id)).all()


def get_pass(occurrence: Occurrence, code: str) -> DoorPass:
    """One of this date. Aborts with 404."""
    rows = select(DoorPass).filter_by(occurrence_id=occurrence.id, code=code)
    return db.session.scalars(rows).one_or_none() or abort(404)


def locked(occurrence_id: int) -> Occurrence:
    """Whatever is noted begins with this statement, before the start and after the end alike."""
    fresh = {"synchronize_session": False, "populate_existing": True}
    return db.session.scalars(LOCK, {"date": occurrence_id}, execution_options=fresh).one()


def roster(occurrence: Occurrence, states: Sequence[SignUpState] = EXPECTED) -> list[Guest]:
    """Everybody who is expected or there, by name: no contact, no need, nobody's companions."""
    beside = select(func.count()).where(Companion.sign_up_id == SignUp.id).correlate(SignUp).scalar_subquery()
    rows = select(SignUp.code, SignUp.name, SignUp.party, beside, SignUp.state).where(
        SignUp.occurrence_id == occurrence.id, SignUp.state.in_(states)
    )
    found = (
        Guest(code, name or "", party, max(party, 1 + companions), state)
        for code, name, party, companions, state in db.session.execute(rows)
    )
    return sorted(found, key=lambda guest: (not guest.name, fold(guest.name), guest.code))


def sign_ups(occurrence: Occurrence, whom: Iterable[str]) -> dict[str, SignUp]:
    """Those of this date, as they stand now, by their code and by the key they were noted with."""
    names = {one for one in whom if one}
    if not names:
        return {}
    rows = select(SignUp).filter_by(occurrence_id=occurrence.id).options(selectinload(SignUp.companions))
    mine = rows.where(or_(SignUp.code.in_(names), SignUp.submission_key.in_(names)))
    found = db.session.scalars(mine.execution_options(populate_existing=True)).all()
    return {one.submission_key: one for one in found} | {one.code: one for one in found}


def last_noted(people: Iterable[SignUp]) -> dict[int, datetime]:
    """When something was noted of each of them for the last time."""
    ids = {one.id for one in people}
    rows = select(Arrival.sign_up_id, func.max(Arrival.at)).where(Arrival.sign_up_id.in_(ids))
    found = db.session.execute(rows.group_by(Arrival.sign_up_id))
    return {sign_up_id: at for sign_up_id, at in found if sign_up_id is not None}


def before_the_door(sign_up: SignUp) -> SignUpState | None:
    """How it stood before anybody noted that they came; None for who signed up nowhere else."""
    rows = select(SignUpChange.state).where(SignUpChange.sign_up_id == sign_up.id)
    earlier = rows.where(SignUpChange.state.not_in(CAME)).order_by(SignUpChange.id.desc())
    return db.session.scalars(earlier.limit(1)).one_or_none()


def has_another(sign_up: SignUp) -> bool:
    """Whether the same person signed up for this date once more meanwhile."""
    rows = select(SignUp.id).filter_by(
        occurrence_id=sign_up.occurrence_id, person_digest=sign_up.person_digest
    )
    others = rows.where(SignUp.id != sign_up.id, SignUp.state.in_(ACTIVE), SignUp.person_digest.is_not(None))
    return db.session.scalars(others.limit(1)).first() is not None


def turn(sign_up: SignUp) -> int:
    """The place in the waiting line of who stood there before: behind those who came earlier."""
    waits = and_(SignUp.occurrence_id == sign_up.occurrence_id, SignUp.state == SignUpState.WAITING)
    earlier = select(func.max(SignUp.queue)).where(waits, SignUp.id < sign_up.id).scalar_subquery()
    first = select(func.min(SignUp.queue)).where(waits).scalar_subquery()
    return int(db.session.execute(select(func.coalesce(earlier, first, 1))).scalar_one())


def with_state(occurrence: Occurrence, *states: SignUpState) -> Sequence[SignUp]:
    """As they stand now, in the order they signed up."""
    rows = select(SignUp).where(SignUp.occurrence_id == occurrence.id, SignUp.state.in_(states))
    return db.session.scalars(rows.order_by(SignUp.id).execution_options(populate_existing=True)).all()


def heads(occurrence: Occurrence) -> int | None:
    """How many were counted, whoever they are; None when nobody counted."""
    is_count = Arrival.kind == ArrivalKind.COUNT
    signed = case((is_count, Arrival.party), else_=-Arrival.party)
    rows = select(func.sum(signed)).where(Arrival.occurrence_id == occurrence.id)
    taken_away = and_(Arrival.kind == ArrivalKind.UNDONE, Arrival.sign_up_id.is_(None))
    found: int | None = db.session.scalars(rows.where(or_(is_count, taken_away))).one()
    return found


def figures(occurrence: Occurrence) -> Figures:
    """How many came, and how many are expected still."""
    rows = select(SignUp.state, func.count(), func.sum(SignUp.party)).group_by(SignUp.state)
    found = db.session.execute(rows.where(SignUp.occurrence_id == occurrence.id)).all()
    parties = {state: count for state, count, _people in found}
    people = {state: total for state, _count, total in found}
    return Figures(
        here=sum(parties.get(state, 0) for state in CAME),
        people=sum(people.get(state, 0) for state in CAME),
        walk_ins=people.get(SignUpState.WALK_IN, 0),
        expected=people.get(SignUpState.CONFIRMED, 0) + people.get(SignUpState.OFFERED, 0),
        absent=people.get(SignUpState.ABSENT, 0),
        excused=people.get(SignUpState.EXCUSED, 0),
    )


def new_faces(occurrence: Occurrence) -> int:
    """Of those who came and whom we can tell apart, how many never came to an earlier date."""
    earlier, date = aliased(SignUp), aliased(Occurrence)
    seen = select(earlier.id).join(date, date.id == earlier.occurrence_id).where(
        earlier.person_digest == SignUp.person_digest,
        earlier.state.in_(CAME),
        date.starts_at < occurrence.starts_at,
    )  # fmt: skip
    rows = select(func.count(SignUp.person_digest.distinct())).where(
        SignUp.occurrence_id == occurrence.id, SignUp.state.in_(CAME), ~seen.exists()
    )
    return db.session.scalars(rows).one()


def kept_since() -> datetime:
    """Lists of dates that ended before this moment are anonymous."""
    return ago(days=centre().erase_after_months * DAYS_IN_A_MONTH)


def with_old_doors() -> Sequence[Occurrence]:
    """Dates whose lists are anonymous, and of which it is still known who came at what time."""
    noted, opened = select(Arrival.occurrence_id), select(DoorPass.occurrence_id)
    rows = select(Occurrence).where(Occurrence.ends_at < kept_since())
    return db.session.scalars(rows.where(or_(Occurrence.id.in_(noted), Occurrence.id.in_(opened)))).all()
