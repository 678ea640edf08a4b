"""Who opens the paper box and types what is in it."""

from __future__ import annotations

from engage.accounts.models import Account


def see(me: Account | None) -> bool:
    """The team: staff, coordinators, administrators."""
    return bool(me and me.is_staff)


def print_slips(me: Account | None) -> bool:
    return see(me)


def open_batch(me: Account | None) -> bool:
    return see(me)


def enter(me: Account | None) -> bool:
    """Anyone of the team goes on where a colleague stopped."""
    return see(me)


def discard(me: Account | None) -> bool:
    return see(me)


def put_back(me: Account | None) -> bool:
    return see(me)


def recount(me: Account | None) -> bool:
    return see(me)


def close_batch(me: Account | None) -> bool:
    return see(me)
