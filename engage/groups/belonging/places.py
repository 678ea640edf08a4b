"""The places of one side of a group: one lock taken first, then counted, never counted up or down."""

from __future__ import annotations

from sqlalchemy import func, select, update

from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.belonging.models import GroupInvitation
from engage.groups.models import Group, GroupPlaces, MemberKind, Membership, Side


def lock(group_id: int, side: Side) -> int:
    """How many places the group keeps for this side.

    The row stays ours until the unit ends: all who fill or free a place of it stand in one line.
    """
    db.session.flush()
    bump = update(GroupPlaces).where(GroupPlaces.group_id == group_id, GroupPlaces.side == side)
    counted = bump.values(lock=GroupPlaces.lock + 1).returning(GroupPlaces.places)
    found = db.session.execute(counted, execution_options={"synchronize_session": False})
    return int(found.scalar_one())


def taken(group_id: int, side: Side) -> int:
    """Places held by members, and kept for people invited; who stands in for somebody needs none."""
    held = select(func.count()).where(
        Membership.group_id == group_id,
        Membership.side == side,
        Membership.kind != MemberKind.SUBSTITUTE,
        Membership.ended_at.is_(None),
    )
    kept = select(func.count()).where(
        GroupInvitation.group_id == group_id,
        GroupInvitation.side == side,
        GroupInvitation.kind != MemberKind.SUBSTITUTE,
        GroupInvitation.ended_at.is_(None),
        GroupInvitation.expires_at > now(),
    )
    return int(db.session.execute(select(held.scalar_subquery() + kept.scalar_subquery())).scalar_one())


def lock_free(group: Group, side: Side, kind: MemberKind) -> None:
    """The lock, and a free place for one more. Raises Refused without one, or when the group is closed."""
    places = lock(group.id, side)
    db.session.refresh(group, ["closed_at"])
    if group.is_closed:
        raise Refused(_("This group is closed. Nobody can join it any more."))
    if kind is not MemberKind.SUBSTITUTE and taken(group.id, side) >= places:
        raise Refused(_("All places of this kind are taken. Add a place first, or wait until one is free."))
