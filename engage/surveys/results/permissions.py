"""Who may release results, look at them, and take answers out."""

from __future__ import annotations

from engage.accounts.models import Account


def see(me: Account | None) -> bool:
    """The team reads what was released."""
    return bool(me and me.is_staff)


def release(me: Account | None) -> bool:
    """Coordinators and administrators decide that results may be read."""
    return bool(me and me.is_coordinator)


def cross(me: Account | None) -> bool:
    """Each table shown is written down and limits those after it: the coordination chooses."""
    return release(me)
