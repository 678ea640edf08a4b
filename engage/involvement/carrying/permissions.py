"""Who says for which house a relay speaks."""

from __future__ import annotations

from engage.accounts.models import Account, Role


def describe(me: Account | None, relay: Account | None = None) -> bool:
    """Coordination, about an account that is a relay."""
    is_relay = relay is None or (relay.role is Role.RELAY and relay.is_active)
    return bool(me and me.is_coordinator and is_relay)
