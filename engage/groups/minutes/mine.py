"""What a person has to do in their groups, and what they wrote there: for their own pages and their copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import contains_eager

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups.belonging import queries as belonging
from engage.groups.deciding.models import BallotTicket, Decision
from engage.groups.deciding.queries import to_look_at, waits_for
from engage.groups.minutes import queries
from engage.groups.minutes.models import Correction, Minutes, Task
from engage.groups.models import Group, MemberKind, Membership


class Mine(NamedTuple):
    """The groups somebody belongs to, their tasks, and the decisions that wait for them."""

    groups: Sequence[Group]
    tasks: list[tuple[Task, Group]]
    decisions: Sequence[Decision]


def of(me: Account) -> Mine:
    """Who belongs to no group costs one query."""
    held = belonging.active(me)
    if not held:
        return Mine([], [], [])
    return Mine([one.group for one in held], queries.my_tasks(me), _waiting(me, held))


def _waiting(me: Account, held: Sequence[Membership]) -> Sequence[Decision]:
    """Open ballots where none was given for my place; to look at again: in groups that I chair."""
    chaired = [one.group_id for one in held if one.kind is MemberKind.CO_CHAIR]
    again = and_(Decision.group_id.in_(chaired), to_look_at())
    rows = select(Decision).join(Decision.group).options(contains_eager(Decision.group))
    open_groups = rows.where(or_(waits_for(me), again), Group.closed_at.is_(None))
    return db.session.scalars(open_groups.order_by(Decision.opened_at, Decision.id).limit(20)).all()


def record(me: Account) -> dict[str, Any]:
    """What this person wrote and promised in groups, and where they voted; what they voted nobody knows."""
    corrections = select(Correction).where(Correction.account_id == me.id).order_by(Correction.id)
    tasks = select(Task).where(Task.owner_id == me.id).order_by(Task.id)
    written = select(Minutes).where(Minutes.written_by_id == me.id).order_by(Minutes.meeting_id)
    asked = select(Decision).where(Decision.opened_by_id == me.id).order_by(Decision.id)
    voted = select(Decision.question).join(BallotTicket, BallotTicket.decision_id == Decision.id)
    voted = voted.join(Membership, Membership.id == BallotTicket.membership_id)
    return {
        "corrections": [
            {"words": one.words, "at": one.at.isoformat(), "answer": one.answer}
            for one in db.session.scalars(corrections)
        ],
        "tasks": [
            {"text": one.text, "due_on": one.due_on and one.due_on.isoformat(), "done": bool(one.done_at)}
            for one in db.session.scalars(tasks)
        ],
        "minutes": [
            {"heard": one.heard, "decided": one.decided, "in_full": one.in_full}
            for one in db.session.scalars(written)
        ],
        "questions_asked": [one.question for one in db.session.scalars(asked)],
        "voted_on": list(db.session.scalars(voted.where(Membership.account_id == me.id))),
    }
