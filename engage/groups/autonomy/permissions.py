"""Who carries out what a group decided about its own autonomy."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups import queries
from engage.groups.models import Group, MemberKind
from engage.groups.permissions import manage


def move(me: Account | None, group: Group) -> bool:
    """Coordination, or a co-chair who takes no rest: the decision itself is the group's."""
    if me is None or group.is_closed:
        return False
    member = queries.membership(me, group)
    chairs = member is not None and member.kind is MemberKind.CO_CHAIR and not queries.is_paused(me, group)
    return chairs or manage(me)
