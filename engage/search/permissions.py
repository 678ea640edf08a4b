"""Who sees what was looked for and not found."""

from __future__ import annotations

from engage.accounts.models import Account


def see_empty(me: Account | None) -> bool:
    """Everyone of the team: these words say what to write next."""
    return bool(me and me.is_staff)


def forget(me: Account | None) -> bool:
    return see_empty(me)
