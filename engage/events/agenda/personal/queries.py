"""Whose calendar an address opens, and the dates in it."""

from __future__ import annotations

from flask import abort
from sqlalchemy import exists, select

from engage.accounts.models import Account
from engage.core import keys
from engage.core.clock import ago
from engage.core.db import db
from engage.events.agenda import lines
from engage.events.agenda.lines import Line
from engage.events.agenda.personal.models import CalendarKey
from engage.events.agenda.queries import KEPT_DAYS
from engage.events.kinds import Cause, SignUpState
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp, SignUpChange

COMES = (SignUpState.CONFIRMED, SignUpState.ATTENDED, SignUpState.WALK_IN)


def digest(token: str) -> str:
    return keys.digest("calendar", token)


def held(account: Account) -> CalendarKey | None:
    return db.session.get(CalendarKey, account.id)


def owner(token: str) -> Account:
    """Whose calendar this is. Aborts with 404, also when it was taken back or the account has ended."""
    rows = select(Account).join(CalendarKey, CalendarKey.account_id == Account.id)
    found = rows.where(CalendarKey.digest == digest(token), Account.ended_at.is_(None))
    return db.session.scalars(found).one_or_none() or abort(404)


def dates(account: Account) -> tuple[Line, ...]:
    """Where this person has a place; what was called off stays for 30 days, and says so."""
    since = ago(days=KEPT_DAYS)
    comes = SignUp.state.in_(COMES) & (Occurrence.ends_at >= since)
    by_the_event = exists().where(SignUpChange.sign_up_id == SignUp.id, SignUpChange.cause == Cause.EVENT)
    called_off = (SignUp.state == SignUpState.CANCELLED) & (Occurrence.cancelled_at >= since) & by_the_event
    mine = select(SignUp.occurrence_id).join(SignUp.occurrence)
    mine = mine.where(SignUp.account_id == account.id, comes | called_off)
    return lines.told(lines.dates(*lines.LINE).where(Occurrence.id.in_(mine)))
