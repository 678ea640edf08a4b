"""The papers of a group and of its meetings, and who may have them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups import permissions as may_group
from engage.groups.meeting.models import GroupDocument, Meeting
from engage.groups.models import Group

MOST = 200
NEWEST = (GroupDocument.added_at.desc(), GroupDocument.id.desc())
LISTED = select(GroupDocument).options(joinedload(GroupDocument.upload), joinedload(GroupDocument.added_by))
# Built once: building is half the price of asking.
LAST = LISTED.where(GroupDocument.group_id == bindparam("group")).order_by(*NEWEST).limit(bindparam("most"))


def get(me: Account | None, code: str) -> tuple[GroupDocument, Group]:
    """A paper that I may have: of my group, a public one, or one that I added myself; else 404."""
    rows = select(GroupDocument, Group).join(Group, Group.id == GroupDocument.group_id)
    held = rows.where(GroupDocument.code == code).options(joinedload(GroupDocument.upload))
    found = db.session.execute(held).one_or_none()
    if found is None or not _is_shown(me, *found):
        abort(404)
    return found[0], found[1]


def _is_shown(me: Account | None, document: GroupDocument, group: Group) -> bool:
    wrote = me is not None and me.is_active and document.added_by_id == me.id
    return wrote or (document.is_public and group.is_public) or may_group.see_private(me, group)


def of_group(me: Account | None, group: Group, most: int = MOST) -> Sequence[GroupDocument]:
    """Those that I may have, of its meetings too, the newest first."""
    if may_group.see_private(me, group):
        return db.session.scalars(LAST, {"group": group.id, "most": most}).all()
    return db.session.scalars(_listed(me, group).order_by(*NEWEST).limit(most)).all()


def of_meeting(me: Account | None, meeting: Meeting) -> Sequence[GroupDocument]:
    """Those that I may have, in the order in which they came."""
    rows = _listed(me, meeting.group).where(GroupDocument.meeting_id == meeting.id)
    return db.session.scalars(rows.order_by(GroupDocument.added_at, GroupDocument.id)).all()


def _listed(me: Account | None, group: Group) -> Select[GroupDocument]:
    known = LISTED.where(GroupDocument.group_id == group.id)
    if may_group.see_private(me, group):
        return known
    told = GroupDocument.is_public if group.is_public else GroupDocument.id.is_(None)
    return known.where(or_(told, GroupDocument.added_by_id == me.id) if me else told)


def of_account(account: Account) -> Sequence[GroupDocument]:
    """All that this person added, the first one first."""
    rows = select(GroupDocument).where(GroupDocument.added_by_id == account.id)
    return db.session.scalars(rows.order_by(GroupDocument.added_at, GroupDocument.id)).all()
