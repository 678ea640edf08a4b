"""Charters: the version in force, the draft of the next one, who agreed to which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups.charter.models import Charter, CharterAgreement
from engage.groups.models import Group, Membership


def versions(group: Group) -> Sequence[Charter]:
    """Every published version, the newest first."""
    rows = select(Charter).where(Charter.group_id == group.id, Charter.published_at.is_not(None))
    return db.session.scalars(rows.order_by(Charter.number.desc())).all()


def in_force(group: Group) -> Charter | None:
    """The version that counts today."""
    return next(iter(versions(group)), None)


def draft(group: Group) -> Charter | None:
    """The next version, which nobody but the team sees."""
    rows = select(Charter).where(Charter.group_id == group.id, Charter.published_at.is_(None))
    return db.session.scalars(rows.order_by(Charter.number.desc()).limit(1)).first()


def published(group: Group, number: int) -> Charter:
    """Aborts with 404."""
    return next((one for one in versions(group) if one.number == number), None) or abort(404)


def agreement(charter: Charter, membership: Membership) -> CharterAgreement | None:
    return db.session.get(CharterAgreement, (charter.id, membership.id))


class Signed(NamedTuple):
    """A member, and their agreement to one version, if they gave it."""

    membership: Membership
    agreement: CharterAgreement | None


def signed(charter: Charter) -> list[Signed]:
    """Every member today, those who have not agreed first."""
    mine = (CharterAgreement.membership_id == Membership.id) & (CharterAgreement.charter_id == charter.id)
    rows = select(Membership, CharterAgreement).outerjoin(CharterAgreement, mine)
    here = rows.where(Membership.group_id == charter.group_id, Membership.ended_at.is_(None))
    found = db.session.execute(
        here.options(joinedload(Membership.account)).order_by(
            CharterAgreement.agreed_at.is_not(None), Membership.begun_at, Membership.id
        )
    )
    return [Signed(membership, agreement) for membership, agreement in found]


def to_agree(membership: Membership) -> Charter | None:
    """The version in force of their group that this member has not agreed to, if there is one."""
    theirs = (CharterAgreement.membership_id == membership.id) & (CharterAgreement.charter_id == Charter.id)
    rows = select(Charter, CharterAgreement).outerjoin(CharterAgreement, theirs)
    last = rows.where(Charter.group_id == membership.group_id, Charter.published_at.is_not(None))
    found = db.session.execute(last.order_by(Charter.number.desc()).limit(1)).one_or_none()
    return found[0] if found and found[1] is None else None


def record(account: Account) -> list[dict[str, Any]]:
    """To which charters this person agreed, in plain types, for themselves."""
    rows = select(Group.name, Charter.number, CharterAgreement.agreed_at, CharterAgreement.on_paper)
    mine = (
        rows.join(Charter, Charter.group_id == Group.id)
        .join(CharterAgreement, CharterAgreement.charter_id == Charter.id)
        .join(Membership, Membership.id == CharterAgreement.membership_id)
        .where(Membership.account_id == account.id)
    )
    return [
        {"group": name, "version": number, "agreed_at": at.isoformat(), "on_paper": on_paper}
        for name, number, at, on_paper in db.session.execute(mine.order_by(CharterAgreement.agreed_at))
    ]
