"""The places of a group: one lock taken first, then counted, never counted up or down.

`Balance` says how many of each side there are, and whether users are fewer than professionals.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, update

from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.belonging.models import GroupInvitation
from engage.groups.models import USERS, Group, GroupPlaces, MemberKind, Membership, Side

PROFESSIONALS = (Side.TEAM, Side.ELECTED)


@dataclass(frozen=True)
class SideCount:
    """Places of one side: `members` hold some, `kept` are those of open invitations."""

    side: Side
    places: int
    members: int
    kept: int

    @property
    def free(self) -> int:
        return max(0, self.places - self.members - self.kept)


@dataclass(frozen=True)
class Balance:
    """The sides of a group; associations speak for neither users nor professionals."""

    sides: list[SideCount]

    def _members(self, sides: tuple[Side, ...]) -> int:
        return sum(one.members for one in self.sides if one.side in sides)

    @property
    def users(self) -> int:
        return self._members(USERS)

    @property
    def professionals(self) -> int:
        return self._members(PROFESSIONALS)

    @property
    def is_tilted(self) -> bool:
        return self.professionals > self.users

    @property
    def free(self) -> list[SideCount]:
        return [one for one in self.sides if one.free]

    @property
    def shown(self) -> list[SideCount]:
        """Sides that have a place, or somebody on it."""
        return [one for one in self.sides if one.places or one.members or one.kept]


def _held() -> ColumnElement[int]:
    """Places that members hold; who stands in for somebody needs none."""
    rows = select(func.count(Membership.id)).where(
        Membership.group_id == GroupPlaces.group_id,
        Membership.side == GroupPlaces.side,
        Membership.kind != MemberKind.SUBSTITUTE,
        Membership.ended_at.is_(None),
    )
    return rows.correlate(GroupPlaces).scalar_subquery()


def _kept() -> ColumnElement[int]:
    """Places kept for people who were invited and have not answered yet."""
    rows = select(func.count(GroupInvitation.id)).where(
        GroupInvitation.group_id == GroupPlaces.group_id,
        GroupInvitation.side == GroupPlaces.side,
        GroupInvitation.kind != MemberKind.SUBSTITUTE,
        GroupInvitation.ended_at.is_(None),
        GroupInvitation.expires_at > now(),
    )
    return rows.correlate(GroupPlaces).scalar_subquery()


def balance(group: Group) -> Balance:
    """Every side with its places; one query."""
    rows = select(GroupPlaces.side, GroupPlaces.places, _held(), _kept())
    found = {row[0]: SideCount(*row) for row in db.session.execute(rows.filter_by(group_id=group.id))}
    return Balance([found[side] for side in Side if side in found])


def lock(group_id: int, side: Side) -> None:
    """The row stays ours until the unit ends: all who fill or free a place of it stand in one line."""
    db.session.flush()
    bump = update(GroupPlaces).filter_by(group_id=group_id, side=side)
    counted = bump.values(lock=GroupPlaces.lock + 1).returning(GroupPlaces.places)
    db.session.execute(counted, execution_options={"synchronize_session": False}).scalar_one()


def lock_all(group: Group) -> None:
    """Every side, always in this order: two who do this wait for each other, not forever."""
    for side in Side:
        lock(group.id, side)


def lock_free(group: Group, side: Side, kind: MemberKind) -> None:
    """The lock, and a free place for one more. Raises Refused without one, or when the group is closed."""
    lock(group.id, side)
    db.session.refresh(group, ["closed_at"])
    if group.is_closed:
        raise Refused(_("This group is closed. Nobody can join it any more."))
    free = {one.side for one in balance(group).free}
    if kind is not MemberKind.SUBSTITUTE and side not in free:
        raise Refused(_("All places of this kind are taken at the moment."))
