"""Who may have the calendar of a group on their phone."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups.models import Group
from engage.groups.queries import membership


def renew(me: Account | None, group: Group) -> bool:
    """Members, paused ones too."""
    return membership(me, group) is not None
