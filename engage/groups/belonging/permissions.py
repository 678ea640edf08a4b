"""Who may let people into a group, and who may end or pause a membership."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups.models import Group, Membership
from engage.groups.permissions import manage


def invite(me: Account | None, group: Group) -> bool:
    return manage(me) and not group.is_closed


def begin(me: Account | None, group: Group) -> bool:
    return manage(me) and not group.is_closed


def end(me: Account | None, membership: Membership) -> bool:
    """One's own, without a reason; and the coordination."""
    return _own(me, membership) or manage(me)


def _own(me: Account | None, membership: Membership) -> bool:
    return bool(me and me.is_active and me.id == membership.account_id)
