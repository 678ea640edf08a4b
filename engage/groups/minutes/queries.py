"""Minutes and tasks: what a person may read of them, and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask import abort
from sqlalchemy import ColumnElement, and_, bindparam, exists, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.groups import permissions as may_group
from engage.groups import queries as groups
from engage.groups.deciding.models import Decision
from engage.groups.deciding.queries import by_the_team
from engage.groups.meeting import queries as meetings
from engage.groups.meeting.models import Meeting
from engage.groups.minutes.models import Correction, Minutes, MinutesState, Task
from engage.groups.models import Group, Membership, MembershipPause
from engage.outbox.models import Message

A_PAGE = 30
SOON = func.coalesce(Task.due_on, date.max)
# Built once: building is half the price of asking.
READ = (
    select(Meeting, Minutes, Membership, MembershipPause)
    .join(Meeting.group)
    .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
    .outerjoin(Membership, groups.MINE)
    .outerjoin(MembershipPause, groups.PAUSE)
    .where(Meeting.code == bindparam("code"))
    .options(contains_eager(Meeting.group), joinedload(Minutes.written_by))
)
LATE = "late task "
"""What the key of a message begins with that tells somebody of their late task."""


class Reading(NamedTuple):
    """The minutes of a meeting as somebody may read them: all, or only what is public and their own words."""

    meeting: Meeting
    minutes: Minutes | None
    is_whole: bool
    corrections: Sequence[Correction]


def of(meeting: Meeting) -> Minutes | None:
    return db.session.scalars(
        select(Minutes).filter_by(meeting_id=meeting.id).options(joinedload(Minutes.written_by))
    ).one_or_none()


def get(me: Account | None, code: str) -> Reading:
    """Members and the team read all of it; others what was published; who left, also what they wrote.

    A draft is there for who writes it alone. 404 for anything else.
    """
    meeting, minutes = _found(me, code)
    inside = may_group.see_private(me, meeting.group)
    wrote = bool(me and me.is_active and minutes and minutes.written_by_id == me.id)
    if minutes and minutes.state is MinutesState.DRAFT and not (wrote or _writes(me, meeting.group)):
        minutes = None
    said = _corrections(minutes, None if inside else me) if minutes and me and me.is_active else []
    if not (inside or wrote or said or (minutes and is_open_to_all(minutes))):
        abort(404)
    return Reading(meeting, minutes, inside or wrote, said)


def _writes(me: Account | None, group: Group) -> bool:
    """Who sees a draft: the team, and who shares minutes in this group."""
    return bool(me and me.is_staff) or may_group.publish_minutes(me, group)


def _found(me: Account | None, code: str) -> tuple[Meeting, Minutes | None]:
    """The meeting and its minutes, with how I stand in its group: asked at once."""
    rows = db.session.execute(READ, {"code": code, "me": groups.asked_as(me)})
    meeting, minutes, member, pause = rows.one_or_none() or abort(404)
    groups.hold(me, meeting.group, member, pause)
    return meeting, minutes


def is_open_to_all(minutes: Minutes) -> bool:
    return minutes.published_at is not None and minutes.meeting.group.is_public


def _corrections(minutes: Minutes, only: Account | None) -> Sequence[Correction]:
    """All of them, or those of one person."""
    rows = select(Correction).where(Correction.meeting_id == minutes.meeting_id)
    mine = rows.where(Correction.account_id == only.id) if only else rows
    asked = mine.options(joinedload(Correction.account)).order_by(Correction.at, Correction.id)
    return db.session.scalars(asked).all()


def to_write(me: Account | None, code: str) -> tuple[Meeting, Minutes | None]:
    """The meeting with its minutes, for who writes them."""
    meeting = meetings.get(me, code)
    return meeting, of(meeting)


def existing(me: Account | None, code: str) -> Minutes:
    """The minutes of this meeting; 404 when there are none yet."""
    return to_write(me, code)[1] or abort(404)


def correction(minutes: Minutes, code: str) -> Correction:
    rows = select(Correction).where(Correction.code == code, Correction.meeting_id == minutes.meeting_id)
    return db.session.scalars(rows).one_or_none() or abort(404)


def unanswered(minutes: Minutes) -> int:
    rows = select(func.count()).select_from(Correction)
    waits = rows.where(Correction.meeting_id == minutes.meeting_id, Correction.answered_at.is_(None))
    return db.session.scalar(waits) or 0


def of_group(me: Account | None, group: Group, page: int = 1) -> Sequence[Minutes]:
    """Those that I may read something of, the newest first; one more when there is another page."""
    rows = select(Minutes).join(Minutes.meeting).where(Meeting.group_id == group.id)
    if not may_group.see_private(me, group):
        rows = rows.where(_readable(me))
    elif me and not _writes(me, group):
        rows = rows.where(or_(Minutes.state != MinutesState.DRAFT, Minutes.written_by_id == me.id))
    ordered = rows.options(contains_eager(Minutes.meeting)).order_by(Meeting.starts_at.desc())
    return db.session.scalars(ordered.offset((page - 1) * A_PAGE).limit(A_PAGE + 1)).all()


def _readable(me: Account | None) -> ColumnElement[bool]:
    """What was published, and what I wrote myself."""
    if me is None:
        return Minutes.published_at.is_not(None)
    mine = exists().where(Correction.meeting_id == Minutes.meeting_id, Correction.account_id == me.id)
    return or_(Minutes.published_at.is_not(None), Minutes.written_by_id == me.id, mine)


class Published(NamedTuple):
    """How much of a group everybody may read."""

    decisions: int
    minutes: int


def published(group: Group) -> Published | None:
    """None when there is nothing: one query."""
    closed = Decision.is_public.is_(True) & Decision.closed_at.is_not(None)
    decisions = select(func.count()).where(Decision.group_id == group.id, closed).scalar_subquery()
    told = select(func.count()).select_from(Minutes).join(Minutes.meeting)
    told = told.where(Meeting.group_id == group.id, Minutes.published_at.is_not(None))
    found = Published(*db.session.execute(select(decisions, told.scalar_subquery())).one())
    return found if any(found) else None


def task(code: str) -> tuple[Task, Group]:
    """A task and whose it is; 404 when there is none."""
    rows = select(Task, Group).join(Group, Group.id == Task.group_id).where(Task.code == code)
    found = db.session.execute(rows.options(joinedload(Task.owner))).one_or_none() or abort(404)
    return found[0], found[1]


def tasks(group: Group, *, done: bool = False) -> Sequence[Task]:
    """What is to do, the most urgent first; or the last ones that were done."""
    rows = select(Task).where(Task.group_id == group.id).options(joinedload(Task.owner))
    if done:
        last = rows.where(Task.done_at.is_not(None)).order_by(Task.done_at.desc(), Task.id.desc())
        return db.session.scalars(last.limit(A_PAGE)).all()
    return db.session.scalars(rows.where(Task.done_at.is_(None)).order_by(SOON, Task.id)).all()


def tasks_of(meeting: Meeting) -> Sequence[Task]:
    rows = select(Task).where(Task.meeting_id == meeting.id).options(joinedload(Task.owner))
    return db.session.scalars(rows.order_by(Task.id)).all()


def late() -> ColumnElement[bool]:
    """Not done on its day."""
    return and_(Task.done_at.is_(None), Task.due_on < centre_today())


def untold() -> list[tuple[Task, Group]]:
    """What is late in groups that go on, and its owner was not told: the oldest first."""
    told = exists().where(Message.key == literal(LATE) + Task.code)
    rows = select(Task, Group).join(Group, Group.id == Task.group_id)
    waits = rows.where(late(), Task.owner_id.is_not(None), Group.closed_at.is_(None), ~told)
    return [(task, group) for task, group in db.session.execute(waits.order_by(Task.due_on, Task.id))]


def my_tasks(me: Account) -> list[tuple[Task, Group]]:
    """What I promised in the groups I belong to and have not done, the most urgent first."""
    mine = and_(
        Membership.group_id == Group.id, Membership.account_id == me.id, Membership.ended_at.is_(None)
    )
    rows = select(Task, Group).join(Group, Group.id == Task.group_id).join(Membership, mine)
    open_ones = rows.where(Task.owner_id == me.id, Task.done_at.is_(None), Group.closed_at.is_(None))
    ordered = open_ones.order_by(SOON, Task.id)
    return [(task, group) for task, group in db.session.execute(ordered)]


def first_late() -> tuple[Task, Group, int] | None:
    """The task that is late for longest, whose it is, and how many are late, where the team may tick."""
    rows = select(Task, Group, func.count().over()).join(Group, Group.id == Task.group_id)
    waits = rows.where(late(), by_the_team()).order_by(Task.due_on, Task.id)
    row = db.session.execute(waits.limit(1)).first()
    return (row[0], row[1], row[2]) if row else None
