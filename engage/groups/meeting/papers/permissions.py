"""Who adds papers, shows them to everybody, and takes them away."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups.meeting.models import GroupDocument
from engage.groups.models import Group
from engage.groups.permissions import manage, set_agenda, take_part


def add(me: Account | None, group: Group) -> bool:
    """Members, and the team while it leads."""
    return take_part(me, group) or set_agenda(me, group)


def publish(me: Account | None, group: Group, document: GroupDocument) -> bool:
    """Who sets the agenda; what a group that ended still shows, the coordination keeps to it."""
    return set_agenda(me, group) or (group.is_closed and document.is_public and manage(me))


def take_away(me: Account | None, group: Group, document: GroupDocument) -> bool:
    """One's own, also after one has left; any, for whoever sets the agenda, and once the group has ended."""
    own = me is not None and me.is_active and me.id == document.added_by_id
    return own or set_agenda(me, group) or (group.is_closed and manage(me))
