"""Who carries the words of others, and who sees to it that answers are brought back."""

from __future__ import annotations

from engage.accounts.models import Account, Role


def relay(me: Account | None) -> bool:
    """The space of relays: theirs alone."""
    return bool(me and me.is_active and me.role is Role.RELAY)


def bring_idea(me: Account | None) -> bool:
    return relay(me)


def tell(me: Account | None) -> bool:
    return relay(me)


def untell(me: Account | None) -> bool:
    return relay(me)


def see_relays(me: Account | None) -> bool:
    """Coordination: who the relays are, and what waits to be brought back."""
    return bool(me and me.is_coordinator)
