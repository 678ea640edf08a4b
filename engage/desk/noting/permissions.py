"""Who notes an idea for somebody."""

from __future__ import annotations

from engage.accounts.models import Account


def note(me: Account | None) -> bool:
    """The team, at the phone and at reception."""
    return bool(me and me.is_staff)
