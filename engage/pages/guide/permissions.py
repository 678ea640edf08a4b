"""Who writes the guide: the team; who puts it before readers: the coordination."""

from __future__ import annotations

from engage.accounts.models import Account


def see(me: Account | None) -> bool:
    return me is not None and me.is_staff


def begin(me: Account | None) -> bool:
    return see(me)


def edit(me: Account | None) -> bool:
    return see(me)


def bring_in(me: Account | None) -> bool:
    return see(me)


def publish(me: Account | None) -> bool:
    return me is not None and me.is_coordinator


def restore(me: Account | None) -> bool:
    return see(me)
