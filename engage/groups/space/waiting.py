"""What waits in a group for its members: a charter to read, open decisions, tasks; asked at once."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    Select,
    bindparam,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.groups.charter.models import Charter, CharterAgreement
from engage.groups.deciding.models import Decision
from engage.groups.minutes.models import Task
from engage.groups.minutes.queries import SOON
from engage.groups.models import Group, Membership

MOST_DECISIONS = 10
MOST_TASKS = 5
CHARTER, DECISION, TASK = "charter", "decision", "task"


class Pending(NamedTuple):
    """A decision that is open, or comes back to be looked at again."""

    code: str
    question: str
    is_closed: bool


class Urgent(NamedTuple):
    """What is to do, by its words; `owner` is a name, or nobody's."""

    text: str
    due_on: date | None
    owner: str


class Waiting(NamedTuple):
    """`charter`: the number of the version in force, while this person has not agreed to it."""

    charter: int | None
    decisions: list[Pending]
    tasks: list[Urgent]


class _Line(NamedTuple):
    """`number`: of a charter its version, else the place among its kind."""

    kind: str
    number: int
    code: str
    words: str
    is_closed: bool
    due_on: date | None
    owner: str


GROUP: Any = bindparam("group")
ME: Any = bindparam("me")
WITHOUT: dict[str, Any] = {
    "code": literal(""), "is_closed": false(), "due_on": cast(null(), Date), "owner": literal(""),
}  # fmt: skip


def _lines(kind: str, **said: Any) -> Select[Any]:
    """One kind, in the columns that all of them share."""
    columns = WITHOUT | {"kind": literal(kind)} | said
    return select(*(columns[name].label(name) for name in _Line._fields))


def _place(*by: Any) -> Any:
    return func.row_number().over(order_by=by)


def _charter() -> Select[Any]:
    """The version in force, unless this member agreed to it in this membership or in one before."""
    mine = (Membership.group_id == GROUP) & (Membership.account_id == ME)
    signed = Membership.id == CharterAgreement.membership_id
    given = select(CharterAgreement.charter_id).join(Membership, signed).where(mine)
    published = (Charter.group_id == GROUP) & Charter.published_at.is_not(None)
    newest = select(func.max(Charter.number)).where(published).scalar_subquery()
    return _lines(CHARTER, number=Charter.number, words=literal("")).where(
        published,
        Charter.number == newest,
        Charter.id.not_in(given),
        exists().where(mine, Membership.ended_at.is_(None)),
    )


def _decisions() -> Select[Any]:
    """What is still open, or comes back to be looked at again, the oldest first."""
    order, is_closed = (Decision.opened_at, Decision.id), Decision.closed_at.is_not(None)
    said = {"code": Decision.code, "words": Decision.question, "is_closed": is_closed}
    again = (Decision.review_on <= bindparam("today")) & Decision.reviewed_at.is_(None)
    here = _lines(DECISION, number=_place(*order), **said).where(Decision.group_id == GROUP)
    return here.where(or_(~is_closed, again)).order_by(*order).limit(MOST_DECISIONS)


def _tasks() -> Select[Any]:
    """The first things to do, the most urgent first."""
    order, owner = (SOON, Task.id), func.coalesce(Account.first_name + " " + Account.last_name, "")
    said = {"words": Task.text, "due_on": Task.due_on, "owner": owner}
    named = _lines(TASK, number=_place(*order), **said).select_from(Task).outerjoin(Task.owner)
    here = named.where(Task.group_id == GROUP, Task.done_at.is_(None))
    return here.order_by(*order).limit(MOST_TASKS)


# Built once: building is half the price of asking.
KINDS = [rows.subquery() for rows in (_charter(), _decisions(), _tasks())]
WAITING = union_all(*(select(rows) for rows in KINDS)).order_by("kind", "number")


def waiting(me: Account, group: Group) -> Waiting:
    """For this person in their group."""
    asked = {"group": group.id, "me": me.id, "today": centre_today()}
    found = [_Line(*row) for row in db.session.execute(WAITING, asked)]
    return Waiting(
        next((one.number for one in found if one.kind == CHARTER), None),
        [Pending(one.code, one.words, one.is_closed) for one in found if one.kind == DECISION],
        [Urgent(one.words, one.due_on, one.owner.strip()) for one in found if one.kind == TASK],
    )
