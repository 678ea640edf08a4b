"""Who writes a charter, and who agrees to it."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups import queries
from engage.groups.models import Group
from engage.groups.permissions import manage


def draft(me: Account | None, group: Group) -> bool:
    return manage(me) and not group.is_closed


def edit(me: Account | None, group: Group) -> bool:
    return draft(me, group)


def publish(me: Account | None, group: Group) -> bool:
    return draft(me, group)


def discard(me: Account | None, group: Group) -> bool:
    return draft(me, group)


def agree(me: Account | None, group: Group) -> bool:
    """Each member for themselves, also while they take a rest."""
    return not group.is_closed and queries.membership(me, group) is not None


def note_paper(me: Account | None, group: Group) -> bool:
    """Signed by hand: the team writes it down."""
    return manage(me)


def see_agreed(me: Account | None) -> bool:
    """Who agreed and who has not is for the team alone."""
    return bool(me and me.is_staff)
