"""What is new in a group, and who wants to read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import compress

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups.deciding.models import Decision
from engage.groups.digest.weeks import Week
from engage.groups.meeting import queries as meetings
from engage.groups.meeting.models import GroupDocument, Meeting
from engage.groups.meeting.queries import Reader
from engage.groups.minutes.models import Minutes, Task
from engage.groups.models import Group, Membership, MembershipWish
from engage.outbox.models import Message

A_WEEK = timedelta(days=7)
Moments = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]


@dataclass(frozen=True)
class News:
    """What happened in a group, for one letter; `tasks` are the reader's own."""

    soon: Sequence[Meeting] = ()
    dates: Sequence[Meeting] = ()
    agendas: Sequence[Meeting] = ()
    minutes: Sequence[Minutes] = ()
    decisions: Sequence[Decision] = ()
    papers: Sequence[GroupDocument] = ()
    tasks: Sequence[Task] = ()

    @property
    def is_empty(self) -> bool:
        told = (self.soon, self.dates, self.agendas, self.minutes, self.decisions, self.papers, self.tasks)
        return not any(told)


def open_groups() -> Sequence[Group]:
    return db.session.scalars(select(Group).where(Group.closed_at.is_(None)).order_by(Group.id)).all()


def wanting(group: Group) -> list[Reader]:
    """The members who asked for the letter and can have it: they have an address, and no pause."""
    asked = select(Membership.id).join(MembershipWish, MembershipWish.membership_id == Membership.id)
    here = asked.where(Membership.group_id == group.id, MembershipWish.wants_digest)
    wanted = set(db.session.scalars(here))
    readers = meetings.readers(group)
    return [one for one in readers if one.account.email and one.membership.id in wanted]


def written(keys: Iterable[str]) -> set[str]:
    """Which of these letters are written already."""
    return set(db.session.scalars(select(Message.key).where(Message.key.in_(list(keys)))))


def news(group: Group, since: datetime, week: Week) -> News:
    """What happened after `since` and before the week opened, and what this week brings."""
    until = week.opens
    return News(
        soon=_meetings(group, Meeting.starts_at > until, Meeting.starts_at <= until + A_WEEK),
        dates=_changed(group, since, until),
        agendas=_meetings(group, Meeting.ends_at > until, _within(Meeting.agenda_closed_at, since, until)),
        minutes=_minutes(group, since, until),
        decisions=_decisions(group, since, until),
        papers=_papers(group, since, until),
    )


def _within(column: Moments, since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(column > since, column <= until)


def _meetings(group: Group, *these: ColumnElement[bool]) -> Sequence[Meeting]:
    rows = select(Meeting).where(Meeting.group_id == group.id, Meeting.cancelled_at.is_(None))
    return db.session.scalars(rows.where(*these).order_by(Meeting.starts_at)).all()


def _changed(group: Group, since: datetime, until: datetime) -> Sequence[Meeting]:
    """New dates, changed ones, cancelled ones, as long as they are to come."""
    rows = select(Meeting).where(Meeting.group_id == group.id, Meeting.ends_at > until)
    changed = rows.where(_within(Meeting.changed_at, since, until))
    return db.session.scalars(changed.order_by(Meeting.starts_at)).all()


def _minutes(group: Group, since: datetime, until: datetime) -> Sequence[Minutes]:
    """Shared to be corrected, or approved."""
    told = or_(_within(Minutes.shared_at, since, until), _within(Minutes.approved_at, since, until))
    rows = select(Minutes).join(Minutes.meeting).where(Meeting.group_id == group.id, told)
    joined = rows.options(contains_eager(Minutes.meeting))
    return db.session.scalars(joined.order_by(Meeting.starts_at)).all()


def _decisions(group: Group, since: datetime, until: datetime) -> Sequence[Decision]:
    rows = select(Decision).where(Decision.group_id == group.id)
    closed = rows.where(_within(Decision.closed_at, since, until))
    return db.session.scalars(closed.order_by(Decision.closed_at)).all()


def _papers(group: Group, since: datetime, until: datetime) -> Sequence[GroupDocument]:
    rows = select(GroupDocument).where(GroupDocument.group_id == group.id)
    added = rows.where(_within(GroupDocument.added_at, since, until))
    return db.session.scalars(added.order_by(GroupDocument.added_at)).all()


def tasks_by_owner(group: Group, readers: Iterable[Account]) -> dict[int, list[Task]]:
    """What each of these readers has to do, the most urgent first: one query for all."""
    wanted = [one.id for one in readers]
    open_ones = select(Task).where(Task.group_id == group.id, Task.owner_id.in_(wanted))
    found: dict[int, list[Task]] = {}
    for task in db.session.scalars(open_ones.where(Task.done_at.is_(None)).order_by(Task.due_on, Task.id)):
        found.setdefault(task.owner_id or 0, []).append(task)
    return found


def with_tasks(found: News, mine: Sequence[Task], since: datetime, week: Week) -> News:
    """Of the tasks of a reader, those that are new, or due by the end of this week."""
    end = week.monday + A_WEEK
    new = [since < task.made_at <= week.opens or bool(task.due_on and task.due_on < end) for task in mine]
    return replace(found, tasks=list(compress(mine, new)))
