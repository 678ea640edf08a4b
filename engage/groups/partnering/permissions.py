"""Whose file it is: the person's own. Coordination answers, confirms and notes the agreement."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups.partnering import queries


def own(me: Account | None) -> bool:
    """Have a file: partner patients, and members of groups."""
    return bool(me and me.is_active and queries.has_reason(me))


def see_files(me: Account | None) -> bool:
    """Coordination alone: who gives what, and what it costs."""
    return bool(me and me.is_coordinator)


def agree(me: Account | None, account: Account) -> bool:
    """Note the agreement with somebody else than oneself."""
    return see_files(me) and me is not None and me.id != account.id


def confirm(me: Account | None, account_id: int) -> bool:
    """Nobody confirms their own hours."""
    return see_files(me) and me is not None and me.id != account_id


def unconfirm(me: Account | None, account_id: int) -> bool:
    return confirm(me, account_id)
