"""What a person may take with them of their memberships, in plain types."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups.belonging import queries
from engage.groups.models import Membership, MembershipPause, MembershipWish


def records(account: Account) -> list[dict[str, Any]]:
    """Every membership, the first one first, with its wishes and breaks."""
    mine = queries.every(account)
    ids = [one.id for one in mine]
    wished = db.session.scalars(select(MembershipWish).where(MembershipWish.membership_id.in_(ids)))
    paused = (
        select(MembershipPause).where(MembershipPause.membership_id.in_(ids)).order_by(MembershipPause.id)
    )
    wishes = {one.membership_id: one for one in wished}
    pauses = list(db.session.scalars(paused))
    breaks = {one: [_break(each) for each in pauses if each.membership_id == one] for one in ids}
    return [_record(one, wishes.get(one.id)) | {"breaks": breaks[one.id]} for one in mine]


def _record(member: Membership, wish: MembershipWish | None) -> dict[str, Any]:
    return {
        "group": member.group.name,
        "side": str(member.side),
        "duty": str(member.kind),
        "begun_at": member.begun_at.isoformat(),
        "mandate_ends_on": member.mandate_ends_on.isoformat() if member.mandate_ends_on else None,
        "ended_at": member.ended_at.isoformat() if member.ended_at else None,
        "ended_why": member.ended_why,
        "is_named": bool(wish and wish.is_named),
        "wants_digest": bool(wish and wish.wants_digest),
        "wants_post": bool(wish and wish.wants_post),
        "address": wish.address if wish else None,
    }


def _break(pause: MembershipPause) -> dict[str, Any]:
    return {
        "begun_at": pause.begun_at.isoformat(),
        "until": pause.until.isoformat() if pause.until else None,
        "ended_at": pause.ended_at.isoformat() if pause.ended_at else None,
    }
