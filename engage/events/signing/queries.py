"""Who comes to a date, who waits for a place, and how many places are held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import abort
from sqlalchemy import ColumnElement, Select, Text, bindparam, case, cast, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from engage.accounts.models import Account, plain_email
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.core.words import fold
from engage.events.kinds import ACTIVE, SEATED, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.signing.models import SignUp, SignUpChange
from engage.intake.models import Reply

PHONE_SIGNS = 9  # what is left of a French number without its 0 or +33


class Counts(NamedTuple):
    """People of a date, those who come along included; `parties` counts sign-ups.

    `confirmed`: also those who have come, who keep their places until the end.
    `partners` of those who hold a place are partner patients, `waiting_partners` of the parties that wait.
    """

    confirmed: int
    offered: int
    waiting: int
    waiting_parties: int
    waiting_partners: int
    partners: int
    last_in_line: int

    @property
    def held(self) -> int:
        """Places that nobody else can have: confirmed or offered."""
        return self.confirmed + self.offered


def _sum(where: ColumnElement[bool], what: Any = SignUp.party) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((where, what), else_=0)), 0)


WAITS, IS_PARTNER = SignUp.state == SignUpState.WAITING, SignUp.is_reserved.is_(True)
# Built once: every change of a place asks it.
COUNTS = select(
    _sum(SignUp.state.in_((SignUpState.CONFIRMED, SignUpState.ATTENDED))),
    _sum(SignUp.state == SignUpState.OFFERED),
    _sum(WAITS),
    _sum(WAITS, 1),
    _sum(WAITS & IS_PARTNER, 1),
    _sum(SignUp.state.in_(SEATED) & IS_PARTNER),
    func.coalesce(func.max(SignUp.queue), 0),
).where(SignUp.occurrence_id == bindparam("date"), SignUp.state.in_((*ACTIVE, SignUpState.ATTENDED)))
SAME, THEIRS = aliased(SignUp), aliased(SignUp)
NEWCOMER = COUNTS.add_columns(
    select(SAME.id).where(SAME.submission_key == bindparam("key")).scalar_subquery(),
    select(func.min(THEIRS.id))
    .where(
        THEIRS.occurrence_id == bindparam("date"),
        THEIRS.person_digest == bindparam("person", type_=Text),
        THEIRS.state.in_((*ACTIVE, SignUpState.ATTENDED)),
    )
    .scalar_subquery(),
)


def counts(occurrence: Occurrence) -> Counts:
    """Added up from the sign-ups themselves."""
    return Counts._make(db.session.execute(COUNTS, {"date": occurrence.id}).one())


class Met(NamedTuple):
    """What a newcomer meets: the row made of this form before, what they have already, who else comes."""

    same_form: SignUp | None
    same_person: SignUp | None
    held: Counts


def met(row: Sequence[Any]) -> Met:
    """What `NEWCOMER` answered in the moment after the date was locked: all that decides about a newcomer."""
    *sums, form, theirs = row
    return Met(_at(form), _at(theirs), Counts._make(sums))


def _at(id_: int | None) -> SignUp | None:
    return None if id_ is None else db.session.get(SignUp, id_)


def person_digest(account: Account | None, name: str, contact: str | None, reply: Reply) -> str | None:
    """What tells one person from another on one date: couples share a phone, so the name counts with it."""
    if account is not None:
        return keys.digest("sign-up person", f"account {account.actor_id}")
    if not contact:
        return None
    if reply is Reply.PHONE:
        plain = "".join(sign for sign in contact if sign.isdigit())[-PHONE_SIGNS:]
    else:
        plain = plain_email(contact)
    return keys.digest("sign-up person", f"{' '.join(fold(name).split())}\0{plain}")


def active(occurrence: Occurrence) -> Sequence[SignUp]:
    """Everybody who still wants to come, in the order they came."""
    rows = select(SignUp).where(SignUp.occurrence_id == occurrence.id, SignUp.state.in_(ACTIVE))
    return db.session.scalars(rows.order_by(SignUp.id)).all()


def line(occurrence: Occurrence) -> Sequence[SignUp]:
    """Those who wait, the first one first, as they stand now."""
    rows = select(SignUp).filter_by(occurrence_id=occurrence.id, state=SignUpState.WAITING)
    ordered = rows.order_by(SignUp.queue, SignUp.id).execution_options(populate_existing=True)
    return db.session.scalars(ordered).all()


def ahead(sign_up: SignUp) -> int:
    """How many parties stand before this one in the waiting line."""
    if sign_up.queue is None:
        return 0
    rows = select(func.count()).select_from(SignUp).filter_by(state=SignUpState.WAITING)
    before = rows.filter_by(occurrence_id=sign_up.occurrence_id).where(SignUp.queue < sign_up.queue)
    return db.session.scalars(before).one()


def date(occurrence_id: int) -> Occurrence:
    """With its event, as it stands now."""
    rows = select(Occurrence).filter_by(id=occurrence_id).options(joinedload(Occurrence.event))
    return db.session.scalars(rows.execution_options(populate_existing=True)).one()


def untold(limit: int) -> Sequence[SignUpChange]:
    """Who signed up and has not heard of it, each with all that a message says; the oldest first.

    Locked with their sign-ups: whoever leaves, or is forgotten, meanwhile does so before this is told, or
    after. Those of whom it happens at this moment have their turn the next time.
    """
    rows = select(SignUpChange).join(SignUpChange.sign_up).where(SignUpChange.to_tell)
    sign_up = contains_eager(SignUpChange.sign_up)
    date_ = sign_up.joinedload(SignUp.occurrence).joinedload(Occurrence.event)
    whole = rows.options(date_, sign_up.joinedload(SignUp.account)).order_by(SignUpChange.id).limit(limit)
    fresh = whole.execution_options(populate_existing=True)
    locked = fresh.with_for_update(skip_locked=True, key_share=True, of=(SignUpChange, SignUp))
    return db.session.scalars(locked).all()


def by_code(code: str) -> SignUp:
    """With its date and event. Aborts with 404."""
    rows = select(SignUp).filter_by(code=code)
    rows = rows.options(joinedload(SignUp.occurrence).joinedload(Occurrence.event))
    return db.session.scalars(rows).one_or_none() or abort(404)


def of_account(account: Account) -> Sequence[SignUp]:
    """What this person signed up for and is not over, the next first; also what they left."""
    rows = select(SignUp).join(SignUp.occurrence).where(SignUp.account_id == account.id)
    coming = rows.where(Occurrence.ends_at > now()).order_by(Occurrence.starts_at, SignUp.id)
    whole = joinedload(SignUp.occurrence).joinedload(Occurrence.event)
    return db.session.scalars(coming.options(whole, selectinload(SignUp.companions))).all()


def every_of_account(account: Account) -> Sequence[SignUp]:
    """All that this person ever signed up for, date by date."""
    rows = select(SignUp).filter_by(account_id=account.id).order_by(SignUp.occurrence_id, SignUp.id)
    whole = joinedload(SignUp.occurrence).joinedload(Occurrence.event)
    return db.session.scalars(rows.options(whole, selectinload(SignUp.companions))).all()


def guests(occurrence: Occurrence) -> Sequence[SignUp]:
    """For the team: everybody with those who come along; who holds a place, who waits, who left."""
    rank = case((SignUp.state == SignUpState.WAITING, 1), (SignUp.state == SignUpState.CANCELLED, 2), else_=0)
    rows = select(SignUp).filter_by(occurrence_id=occurrence.id).options(selectinload(SignUp.companions))
    return db.session.scalars(rows.order_by(rank, SignUp.queue, SignUp.id)).all()


def lapsed(occurrence: Occurrence, at: datetime) -> Sequence[SignUp]:
    """Offers that nobody took until their end, the oldest first."""
    rows = select(SignUp).filter_by(occurrence_id=occurrence.id, state=SignUpState.OFFERED)
    late = rows.where(SignUp.offered_until <= at).order_by(SignUp.offered_until, SignUp.id)
    return db.session.scalars(late.execution_options(populate_existing=True)).all()


def over_with_names(before: datetime) -> Sequence[Occurrence]:
    """Dates that ended before this moment and whose list still says who came."""
    named = select(SignUp.occurrence_id).where(SignUp.name.is_not(None))
    return _over(before, named)


def over_with_needs(before: datetime) -> Sequence[Occurrence]:
    """Dates that ended before this moment and still say what somebody needed."""
    needs = (SignUp.needs_words.is_not(None)) | (cast(SignUp.needs, Text) != "[]")
    return _over(before, select(SignUp.occurrence_id).where(needs))


def _over(before: datetime, ids: Select[int]) -> Sequence[Occurrence]:
    rows = select(Occurrence).where(Occurrence.ends_at < before, Occurrence.id.in_(ids))
    return db.session.scalars(rows.order_by(Occurrence.id)).all()


def with_lapsed_offers() -> Sequence[Occurrence]:
    """Dates, not over, where an offer came to its end."""
    late = select(SignUp.occurrence_id).where(
        SignUp.state == SignUpState.OFFERED, SignUp.offered_until <= now()
    )
    rows = select(Occurrence).where(Occurrence.id.in_(late), Occurrence.ends_at > now())
    return db.session.scalars(rows.order_by(Occurrence.id)).all()


def with_places_to_release() -> Sequence[Occurrence]:
    """Dates to come that keep places for partner patients although the day to release them is there."""
    rows = select(Occurrence, Event.released_days).join(Occurrence.event).order_by(Occurrence.id)
    kept = rows.where(
        Occurrence.reserved > 0, Occurrence.starts_at > now(), Occurrence.cancelled_at.is_(None)
    )
    found = db.session.execute(kept)
    return [date for date, days in found if is_to_release(date, days)]


def is_to_release(occurrence: Occurrence, days: int) -> bool:
    """Whether places kept for partner patients are for everybody now."""
    return occurrence.reserved > 0 and occurrence.starts_at - timedelta(days=days) <= now()
