"""Who sets up the ways in."""

from __future__ import annotations

from engage.accounts.models import Account, Role


def see(me: Account | None) -> bool:
    """The whole team: whoever hangs up a poster prints it."""
    return bool(me and me.is_staff)


def make(me: Account | None) -> bool:
    return see(me)


def close(me: Account | None) -> bool:
    return see(me)


def give(me: Account | None) -> bool:
    """A link of their own: a relay asks for it, or coordination gives it."""
    return bool(me and me.is_active and (me.is_coordinator or me.role is Role.RELAY))
