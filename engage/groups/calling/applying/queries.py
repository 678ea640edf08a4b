"""Applications: whose they are, which wait for an answer, which have served their time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account, Role, plain_email
from engage.centre.queries import centre_today
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.core.words import fold
from engage.groups.calling import queries as calls
from engage.groups.calling.applying.paging import A_PAGE, LAST_PAGE, Listing
from engage.groups.calling.models import Application, ApplicationState, Call
from engage.groups.models import Entry, Group
from engage.intake import queries as intake
from engage.intake.models import Reply
from engage.involvement.models import Carried
from engage.involvement.pathway import queries as looks

KEPT = timedelta(days=6 * 30.44)
PHONE_SIGNS = 9  # +33 6 12… and 06 12… are one number
PAGE = 50
AT_ONCE = 200
A_MANDATE = timedelta(days=365)
KIND = "application"
LOOKED = "application viewed"
WHOLE: tuple[Any, ...] = (
    joinedload(Application.call).joinedload(Call.group),
    joinedload(Application.group),
    joinedload(Application.person),
)


def person_digest(account: Account | None, name: str, contact: str | None, reply: Reply) -> str | None:
    """What tells one applicant from another: couples share a phone, so the name counts with it."""
    if account is not None:
        return keys.digest("applicant", f"account {account.actor_id}")
    if not contact:
        return None
    plain = plain_email(contact)
    if reply is Reply.PHONE:
        plain = "".join(sign for sign in contact if sign.isdigit())[-PHONE_SIGNS:]
    return keys.digest("applicant", f"{' '.join(fold(name).split())}\0{plain}")


def takes(to: Call | Group) -> bool:
    """One may apply today: to an open call, or into a group that one comes into by asking."""
    if isinstance(to, Call):
        return calls.is_open(to)
    return to.is_public and not to.is_closed and to.entry is not Entry.INVITATION


def by_key(submission_key: str) -> Application | None:
    rows = select(Application).filter_by(submission_key=submission_key).options(*WHOLE)
    return db.session.scalars(rows).one_or_none()


def get(code: str) -> Application:
    """Aborts with 404."""
    rows = select(Application).filter_by(code=code).options(*WHOLE)
    return db.session.scalars(rows).one_or_none() or abort(404)


def is_shut(application: Application, reader: Account) -> bool:
    """It holds what somebody said, and no look of this reader is noted for today."""
    return application.name is not None and not looks.has_looked(reader, LOOKED, application.code)


def own(code: str, me: Account | None, *, followed: bool) -> Application:
    """Mine: of my account, or opened by its follow-up code. Aborts with 404."""
    application = get(code)
    if not followed and (me is None or application.account_id != me.id):
        abort(404)
    return application


def of_account(account: Account) -> Sequence[Application]:
    """All that this person applied for, the latest first."""
    rows = select(Application).filter_by(account_id=account.id).options(*WHOLE)
    return db.session.scalars(rows.order_by(Application.id.desc())).all()


def is_late(application: Application) -> bool:
    """The day by which we promised an answer is over."""
    return application.due_on is not None and application.due_on < centre_today()


def twin(application: Application) -> Application | None:
    """Another application for the same thing by who is the same on the way, under the same name."""
    others = select(Application).where(
        Application.person_id == application.person_id,
        Application.id != application.id,
        *_same_thing(application.call_id, application.group_id),
    )
    name = fold(application.name or "").split()
    found = db.session.scalars(others.order_by(Application.id))
    return next((one for one in found if fold(one.name or "").split() == name), None)


def held(to: Call | Group, person_digest: str | None) -> Application | None:
    """The application of this person for the same thing."""
    about = (to.id, to.group_id) if isinstance(to, Call) else (None, to.id)
    rows = select(Application).filter_by(person_digest=person_digest).where(*_same_thing(*about))
    return db.session.scalars(rows).one_or_none()


def _same_thing(call_id: int | None, group_id: int | None) -> list[ColumnElement[bool]]:
    if call_id:
        return [Application.call_id == call_id, Application.state != ApplicationState.WITHDRAWN]
    open_ones = Application.state == ApplicationState.RECEIVED
    return [Application.group_id == group_id, Application.call_id.is_(None), open_ones]


def usual_end(group: Group) -> date:
    """A mandate lasts a year, within the term of the group."""
    today = centre_today()
    end = today + A_MANDATE
    return min(end, group.ends_on) if group.ends_on and group.ends_on >= today else end


def answering() -> Sequence[Account]:
    """Who hears that somebody applied: who is on duty, where they may answer; else everybody who may."""
    on_duty = intake.on_duty()
    if on_duty is not None and on_duty.is_coordinator:
        return [on_duty]
    steers = Account.role.in_([Role.COORDINATOR, Role.ADMIN])
    return db.session.scalars(select(Account).where(steers, Account.ended_at.is_(None))).all()


def waiting() -> ColumnElement[bool]:
    """Nobody has answered these people yet."""
    return Application.state == ApplicationState.RECEIVED


Counted = Select[Application, int, int]


def _counted() -> Counted:
    """Applications, each with how many there are in all, and how many of them wait."""
    still = func.count().filter(waiting()).over()
    return select(Application, func.count().over(), still)


def _page(rows: Counted, number: int, call: str = "") -> Listing:
    """`A_PAGE` at a time; past the end, the first page."""
    number = min(max(number, 1), LAST_PAGE)
    found = db.session.execute(rows.limit(A_PAGE).offset((number - 1) * A_PAGE)).all()
    if not found and number > 1:
        return _page(rows, 1, call)
    total, still = (found[0][1], found[0][2]) if found else (0, 0)
    return Listing([row[0] for row in found], number, total, still, call)


def to_answer(number: int = 1) -> Listing:
    """Who waits for an answer, the most urgent first."""
    rows = _counted().where(waiting()).options(*WHOLE)
    return _page(rows.order_by(Application.due_on, Application.id), number)


def answered() -> Sequence[Application]:
    """The last ones that are over."""
    rows = select(Application).where(~waiting()).options(*WHOLE)
    ordered = rows.order_by(func.coalesce(Application.answered_at, Application.created_at).desc())
    return db.session.scalars(ordered.limit(PAGE)).all()


def of_call(call: Call, number: int = 1) -> Listing:
    """Who applied to it, those that wait first, then in the order in which they came."""
    rows = _counted().where(Application.call_id == call.id)
    return _page(rows.order_by((~waiting()), Application.id), number, call.code)


def carried(application: Application) -> Carried | None:
    """What says for whom a relay brought it."""
    rows = select(Carried).filter_by(kind=KIND, ref=application.code)
    return db.session.scalars(rows).one_or_none()


def to_forget() -> Sequence[Application]:
    """Over for 6 months, or without an answer that long after it was promised, and still somebody's."""
    before = now() - KEPT
    ended = func.coalesce(Application.answered_at, Application.created_at) < before
    over = or_(and_(~waiting(), ended), and_(waiting(), _is_past(before)))
    columns = ("name", "contact", "answers", "answer", "person_digest", "person_id", "account_id")
    held = or_(*(getattr(Application, column).is_not(None) for column in columns))
    rows = select(Application).outerjoin(Application.call).where(over, held)
    return db.session.scalars(rows.order_by(Application.id).limit(AT_ONCE)).all()


def _is_past(before: datetime) -> ColumnElement[bool]:
    """The promised day and the end of the call were before this moment."""
    late = func.coalesce(Application.due_on < before.date(), Application.created_at < before)
    closed = or_(Call.id.is_(None), Call.closes_on < before.date(), Call.closed_at < before)
    return and_(late, closed)


def record(account: Account) -> list[dict[str, Any]]:
    """All that this person applied for, in plain types, for themselves."""
    return [
        {
            "to": one.call.title if one.call else one.group.name if one.group else "",
            "name": one.name,
            "reply": str(one.reply),
            "contact": one.contact,
            "answers": one.said,
            "state": str(one.state),
            "answer": one.answer,
            "other_way": one.other_way,
            "created_at": one.created_at.isoformat(),
        }
        for one in of_account(account)
    ]
