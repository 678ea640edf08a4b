"""The groups there are, for the list that everybody reads."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select

from engage.accounts.models import Account
from engage.core.db import db
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
