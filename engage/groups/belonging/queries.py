"""Who belongs to a group, who did, and who is asked to."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from engage.accounts.joining.queries import plain
from engage.accounts.models import Account
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.groups.belonging.models import GroupInvitation
from engage.groups.models import Group, Membership


def history(group: Group) -> Sequence[Membership]:
    """Everybody who belongs or belonged to it, in the order in which they came."""
    rows = select(Membership).where(Membership.group_id == group.id).options(joinedload(Membership.account))
    return db.session.scalars(rows.order_by(Membership.begun_at, Membership.id)).all()


def active(account: Account) -> Sequence[Membership]:
    """The groups that this person belongs to now, by name."""
    rows = select(Membership).filter_by(account_id=account.id, ended_at=None).join(Membership.group)
    return db.session.scalars(rows.options(contains_eager(Membership.group)).order_by(Group.name)).all()


def every(account: Account) -> Sequence[Membership]:
    """All memberships of this person, those that ended too, the first one first."""
    rows = select(Membership).where(Membership.account_id == account.id).options(joinedload(Membership.group))
    return db.session.scalars(rows.order_by(Membership.begun_at, Membership.id)).all()


def membership(group: Group, code: str) -> Membership:
    """A membership of this group, ended or not; else 404."""
    rows = select(Membership).filter_by(group_id=group.id, code=code).options(joinedload(Membership.account))
    return db.session.scalars(rows).one_or_none() or abort(404)


def digest(code: str) -> str:
    return keys.digest("group invitation", plain(code))


def by_code(code: str) -> GroupInvitation | None:
    """The invitation with this code, used ones too: whoever comes back must hear that they are in."""
    rows = select(GroupInvitation).where(GroupInvitation.code_digest == digest(code))
    return db.session.scalars(rows.options(joinedload(GroupInvitation.group))).one_or_none()


def open_invitations(group: Group) -> Sequence[GroupInvitation]:
    """Those that still wait for their answer, the latest first."""
    rows = select(GroupInvitation).filter_by(group_id=group.id, ended_at=None)
    asked = rows.options(joinedload(GroupInvitation.account), joinedload(GroupInvitation.person))
    ordered = asked.order_by(GroupInvitation.created_at.desc(), GroupInvitation.id.desc())
    return db.session.scalars(ordered.where(GroupInvitation.expires_at > now())).all()
