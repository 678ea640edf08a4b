"""Who keeps the directory: everyone reads it."""

from __future__ import annotations

from engage.accounts.models import Account


def see_desk(me: Account | None) -> bool:
    return bool(me and me.is_staff)


def add(me: Account | None) -> bool:
    """The team keeps it together."""
    return see_desk(me)


def edit(me: Account | None) -> bool:
    return see_desk(me)


def check(me: Account | None) -> bool:
    return see_desk(me)


def withdraw(me: Account | None) -> bool:
    return see_desk(me)


def put_back(me: Account | None) -> bool:
    return see_desk(me)


def bring_in(me: Account | None) -> bool:
    return see_desk(me)


def take_out(me: Account | None) -> bool:
    return see_desk(me)
