"""The groups there are, for the list that everybody reads, and what somebody wrote in one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups.meeting.models import AgendaItem, GroupDocument, Meeting
from engage.groups.minutes.models import Correction, Minutes, Task
from engage.groups.models import Group, Membership

MOST = 200


def listed(me: Account | None) -> Sequence[Group]:
    """Public groups, and those I belong to: the ones that meet first, then those that are over."""
    seen: ColumnElement[bool] = Group.is_public.is_(True)
    if me is not None:
        mine = select(Membership.group_id).filter_by(account_id=me.id, ended_at=None)
        seen = or_(seen, Group.id.in_(mine))
    rows = select(Group).where(seen).order_by(Group.closed_at.is_not(None), Group.name, Group.id)
    return db.session.scalars(rows.limit(MOST)).all()


def left(me: Account) -> Sequence[Group]:
    """Groups I belonged to and do not belong to any more, by name."""
    mine = select(Membership.group_id).filter_by(account_id=me.id)
    now_in = mine.where(Membership.ended_at.is_(None))
    rows = select(Group).where(Group.id.in_(mine), Group.id.not_in(now_in)).order_by(Group.name, Group.id)
    return db.session.scalars(rows.limit(MOST)).all()


class Written(NamedTuple):
    """What somebody gave a group: wishes for its agendas, minutes, corrections of them, papers, tasks."""

    wishes: Sequence[AgendaItem]
    corrections: Sequence[Correction]
    papers: Sequence[GroupDocument]
    minutes: Sequence[Minutes]
    tasks: Sequence[Task]


def written(me: Account, group: Group) -> Written:
    """Their own words, the latest first; they stay theirs when they have left."""
    of_group = select(Meeting.id).where(Meeting.group_id == group.id)
    wishes = select(AgendaItem).where(AgendaItem.proposed_by_id == me.id, AgendaItem.meeting_id.in_(of_group))
    minutes, corrections = _minuted(me, group)
    papers = select(GroupDocument).filter_by(added_by_id=me.id, group_id=group.id)
    tasks = select(Task).filter_by(owner_id=me.id, group_id=group.id)
    return Written(
        db.session.scalars(wishes.order_by(AgendaItem.id.desc()).limit(MOST)).all(),
        corrections,
        db.session.scalars(papers.order_by(GroupDocument.id.desc()).limit(MOST)).all(),
        minutes,
        db.session.scalars(tasks.order_by(Task.id.desc()).limit(MOST)).all(),
    )


def _minuted(me: Account, group: Group) -> tuple[list[Minutes], list[Correction]]:
    """The minutes that I wrote, and what I would have said otherwise in any: asked at once."""
    said = (Correction.meeting_id == Minutes.meeting_id) & (Correction.account_id == me.id)
    rows = select(Minutes, Correction).join(Minutes.meeting).outerjoin(Correction, said)
    mine = (Minutes.written_by_id == me.id) | Correction.id.is_not(None)
    theirs = rows.where(Meeting.group_id == group.id, mine).options(contains_eager(Minutes.meeting))
    found = db.session.execute(
        theirs.order_by(Meeting.starts_at.desc(), Correction.id.desc()).limit(MOST)
    ).all()
    written = dict.fromkeys(minutes for minutes, _said in found if minutes.written_by_id == me.id)
    return list(written), [correction for _minutes, correction in found if correction]
