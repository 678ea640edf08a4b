"""Who brings in the ready pages."""

from __future__ import annotations

from engage.accounts.models import Account


def install(me: Account | None) -> bool:
    """What is brought in is published at once: the coordination."""
    return me is not None and me.is_coordinator
