"""Whose calendar a secret address opens, and the meetings in it."""

from __future__ import annotations

from collections.abc import Sequence
from hmac import compare_digest

from flask import abort
from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from engage.accounts.models import Account
from engage.core import keys
from engage.core.clock import ago
from engage.core.db import db
from engage.groups.meeting.models import Meeting
from engage.groups.models import Group, Membership, MembershipWish

SIGNS = 32
KEPT_DAYS = 30


def wish(membership: Membership) -> MembershipWish | None:
    return db.session.get(MembershipWish, membership.id)


def token(membership: Membership, feed: int) -> str:
    """What stands in the address: nobody else can make it, and another `feed` makes another one.

    It is the reader's in this group, so that it lives on when one membership follows another.
    """
    account, group = membership.account, membership.group
    reader = account.actor_id if account else ""
    return f"{group.code}-{keys.digest('group feed', f'{group.code} {reader} {feed}')[:SIGNS]}"


def owner(given: str) -> Membership:
    """Whose calendar this is. Aborts with 404, also when it was made anew or the membership has ended."""
    every = select(Membership, MembershipWish.feed).outerjoin(
        MembershipWish, MembershipWish.membership_id == Membership.id
    )
    mine = (
        every.join(Membership.account)
        .join(Membership.group)
        .options(contains_eager(Membership.group), contains_eager(Membership.account))
    )
    active = mine.where(Membership.ended_at.is_(None), Account.ended_at.is_(None))
    code = given.partition("-")[0]
    rows = db.session.execute(active.where(Group.code == code))
    theirs = (one for one, feed in rows if compare_digest(token(one, feed or 0).encode(), given.encode()))
    return next(theirs, None) or abort(404)


def meetings(group: Group) -> Sequence[Meeting]:
    """Those of the last 30 days and all to come; what was cancelled stays as long, and says so."""
    since = ago(days=KEPT_DAYS)
    rows = select(Meeting).where(Meeting.group_id == group.id, Meeting.ends_at >= since)
    kept = rows.where(or_(Meeting.cancelled_at.is_(None), Meeting.cancelled_at >= since))
    joined = kept.join(Meeting.group).options(contains_eager(Meeting.group))
    return db.session.scalars(joined.order_by(Meeting.starts_at, Meeting.id)).all()
