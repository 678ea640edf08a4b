"""Charters: the version in force, the draft of the next one, who agreed to which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import abort
from sqlalchemy import Select, select
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
    """What this person agreed to, in this membership of the group or in one before it."""
    rows = select(CharterAgreement).filter_by(charter_id=charter.id)
    theirs = rows.where(CharterAgreement.membership_id.in_(_all_of(membership)))
    return db.session.scalars(theirs.order_by(CharterAgreement.agreed_at).limit(1)).first()


def _all_of(membership: Membership) -> Select[int]:
    """It, and the other memberships of this person in this group: a word given lasts."""
    same = (Membership.account_id == membership.account_id) & (Membership.group_id == membership.group_id)
    return select(Membership.id).where(same | (Membership.id == membership.id))


class Signed(NamedTuple):
    """A member, and their agreement to one version, if they gave it."""

    membership: Membership
    agreement: CharterAgreement | None


def signed(charter: Charter) -> list[Signed]:
    """Every member today, those who have not agreed first."""
    rows = select(Membership.account_id, CharterAgreement).filter_by(group_id=charter.group_id)
    given = rows.join(CharterAgreement, CharterAgreement.membership_id == Membership.id)
    said = db.session.execute(
        given.where(CharterAgreement.charter_id == charter.id).order_by(CharterAgreement.agreed_at.desc())
    )
    agreed: dict[int | None, CharterAgreement] = {row[0]: row[1] for row in said}
    here = select(Membership).filter_by(group_id=charter.group_id, ended_at=None)
    found = here.options(joinedload(Membership.account)).order_by(Membership.begun_at, Membership.id)
    listed = [Signed(one, agreed.get(one.account_id)) for one in db.session.scalars(found)]
    return sorted(listed, key=lambda one: one.agreement is not None)


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
