"""Who may promise something in the centre's name, and change it."""

from __future__ import annotations

from engage.accounts.models import Account


def see_desk(me: Account | None) -> bool:
    """The team sees the desk of commitments."""
    return bool(me and me.is_staff)


def make(me: Account | None) -> bool:
    """Coordinators and administrators make commitments."""
    return bool(me and me.is_coordinator)


def edit(me: Account | None) -> bool:
    """Who makes them mends them."""
    return make(me)


def move(me: Account | None) -> bool:
    """The team says how far a commitment is."""
    return see_desk(me)


def add_step(me: Account | None) -> bool:
    return see_desk(me)


def tick_step(me: Account | None) -> bool:
    return see_desk(me)


def remove_step(me: Account | None) -> bool:
    return see_desk(me)
