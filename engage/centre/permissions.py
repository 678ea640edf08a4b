"""Who sets the centre's facts: coordinators and administrators, for each of them."""

from __future__ import annotations

from engage.accounts.models import Account


def edit(me: Account | None) -> bool:
    """Say who we are and how we work."""
    return bool(me and me.is_coordinator)


def add_referent(me: Account | None) -> bool:
    return edit(me)


def edit_referent(me: Account | None) -> bool:
    return edit(me)


def remove_referent(me: Account | None) -> bool:
    return edit(me)


def close_between(me: Account | None) -> bool:
    return edit(me)


def reopen(me: Account | None) -> bool:
    return edit(me)


def name_staff(me: Account | None) -> bool:
    return edit(me)


def forget_staff(me: Account | None) -> bool:
    return edit(me)


def give_contact(me: Account | None) -> bool:
    return edit(me)
