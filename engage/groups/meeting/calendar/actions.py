"""Another secret address for the calendar of a group: the earlier one opens nothing any more."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups.meeting.calendar import queries
from engage.groups.models import Membership, MembershipWish


def renew(membership: Membership, *, by: Account) -> None:
    """Only for oneself: `by` holds this membership."""
    if membership.account_id != by.id:
        raise ValueError("a calendar is renewed by who reads it")
    wish = queries.wish(membership) or MembershipWish(membership_id=membership.id, feed=0)
    wish.feed += 1
    db.session.add(wish)
