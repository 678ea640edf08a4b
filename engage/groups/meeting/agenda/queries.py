"""What a meeting speaks of: what is on, and what members wish for."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups import permissions as may_group
from engage.groups.meeting.models import AgendaItem, Meeting


def items(meeting: Meeting) -> Sequence[AgendaItem]:
    """In their order: those that are on first."""
    rows = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    ordered = rows.order_by(AgendaItem.is_kept.desc(), AgendaItem.position, AgendaItem.id)
    return db.session.scalars(ordered.options(joinedload(AgendaItem.proposed_by))).all()


def wished_by(account: Account, meeting: Meeting) -> Sequence[AgendaItem]:
    """What this person wished to speak of: they see it even when they have left."""
    rows = select(AgendaItem).filter_by(meeting_id=meeting.id, proposed_by_id=account.id)
    return db.session.scalars(rows.order_by(AgendaItem.position, AgendaItem.id)).all()


def get(me: Account | None, code: str) -> tuple[AgendaItem, Meeting]:
    """An item of a meeting whose private side I may see, else 404."""
    rows = select(AgendaItem, Meeting).join(Meeting, Meeting.id == AgendaItem.meeting_id).join(Meeting.group)
    found = db.session.execute(
        rows.where(AgendaItem.code == code).options(contains_eager(Meeting.group))
    ).one_or_none()
    if found is None or not may_group.see_private(me, found[1].group):
        abort(404)
    return found[0], found[1]


def last_position(meeting: Meeting) -> int:
    found = select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting.id)
    return db.session.scalar(found) or 0


def of_account(account: Account) -> Sequence[AgendaItem]:
    """All that this person wished to speak of, the first one first."""
    rows = select(AgendaItem).where(AgendaItem.proposed_by_id == account.id)
    return db.session.scalars(rows.order_by(AgendaItem.proposed_at, AgendaItem.id)).all()
