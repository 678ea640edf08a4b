"""Who writes the glossary: everyone reads it."""

from __future__ import annotations

from engage.accounts.models import Account


def see_desk(me: Account | None) -> bool:
    return bool(me and me.is_staff)


def define(me: Account | None) -> bool:
    """The team explains words."""
    return see_desk(me)


def edit(me: Account | None) -> bool:
    return see_desk(me)


def remove(me: Account | None) -> bool:
    return see_desk(me)


def bring_in(me: Account | None) -> bool:
    return see_desk(me)
