"""Who takes up what a survey found for a group, and lets it go."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups.deciding import permissions as may_decide
from engage.groups.models import Group


def take_up(me: Account | None, group: Group) -> bool:
    """Who speaks for the group."""
    return may_decide.speak_for(me, group)


def let_go(me: Account | None, group: Group) -> bool:
    """What a group that ended still holds, the team lets go."""
    return take_up(me, group) or bool(group.is_closed and me and me.is_staff)
