"""Who may plan an event, and who may see who comes."""

from __future__ import annotations

from engage.accounts.models import Account


def see_desk(me: Account | None) -> bool:
    """The team sees every event and how full its dates are."""
    return bool(me and me.is_staff)


def create(me: Account | None) -> bool:
    """Coordinators and administrators plan events."""
    return bool(me and me.is_coordinator)


def edit(me: Account | None) -> bool:
    """Who plans an event changes it."""
    return create(me)


def publish(me: Account | None) -> bool:
    return create(me)


def copy(me: Account | None) -> bool:
    return create(me)


def cancel(me: Account | None) -> bool:
    return create(me)


def discard(me: Account | None) -> bool:
    """Who plans may throw away what nobody signed up for."""
    return create(me)


def add_dates(me: Account | None) -> bool:
    return create(me)


def add_series(me: Account | None) -> bool:
    return create(me)


def move(me: Account | None) -> bool:
    return create(me)


def cancel_dates(me: Account | None) -> bool:
    """The team sees the weather."""
    return see_desk(me)


def read_guests(me: Account | None) -> bool:
    """The team prepares for who comes; each look is in the journal."""
    return see_desk(me)


def write_to_all(me: Account | None) -> bool:
    return create(me)
