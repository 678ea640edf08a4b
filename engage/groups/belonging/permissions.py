"""Who may let people into a group, and who may end, change or pause a membership."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups import queries
from engage.groups.models import Entry, Group, Membership, Side
from engage.groups.permissions import manage

CLAIMED = (Side.PATIENT, Side.CARER, Side.ASSOCIATION)


def invite(me: Account | None, group: Group) -> bool:
    return manage(me) and not group.is_closed


def look(me: Account | None, group: Group) -> bool:
    """Find whom to invite, by name."""
    return invite(me, group)


def withdraw(me: Account | None, group: Group) -> bool:
    """Take an invitation back."""
    return manage(me)


def begin(me: Account | None, group: Group) -> bool:
    return invite(me, group)


def enter(me: Account | None, group: Group) -> bool:
    """Let somebody in who lives without e-mail."""
    return invite(me, group)


def join(me: Account | None, group: Group, side: Side | None = None) -> bool:
    """Come into an open group by asking; nobody speaks for the team or for elected officials by asking."""
    if me is None or not me.is_active or group.is_closed or group.entry is not Entry.OPEN:
        return False
    may_claim = side is None or side in CLAIMED or (side is Side.TEAM and me.is_staff)
    return may_claim and queries.membership(me, group) is None


def end(me: Account | None, membership: Membership) -> bool:
    """One's own, without a reason; and the coordination."""
    return _own(me, membership) or manage(me)


def change(me: Account | None, membership: Membership) -> bool:
    """Give another duty."""
    return manage(me) and membership.is_active


def pause(me: Account | None, membership: Membership) -> bool:
    return membership.is_active and end(me, membership)


def come_back(me: Account | None, membership: Membership) -> bool:
    return pause(me, membership)


def choose(me: Account | None, membership: Membership) -> bool:
    """To be named, the weekly letter, papers by post."""
    return pause(me, membership)


def answer(me: Account | None, membership: Membership) -> bool:
    """Say whether one goes on; the coordination notes it for who said so on the phone."""
    return pause(me, membership)


def close(me: Account | None, group: Group) -> bool:
    return invite(me, group)


def _own(me: Account | None, membership: Membership) -> bool:
    return bool(me and me.is_active and me.id == membership.account_id)
