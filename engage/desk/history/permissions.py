"""Who reads the journal of what staff did."""

from __future__ import annotations

from engage.accounts.models import Account


def read(me: Account | None) -> bool:
    """The coordination: who steers answers for what was done."""
    return bool(me and me.is_coordinator)
