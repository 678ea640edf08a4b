"""Who stands at the door, and who says that the day is over."""

from __future__ import annotations

from engage.accounts.models import Account


def open_door(me: Account | None) -> bool:
    """The team lets a telephone check people in."""
    return bool(me and me.is_staff)


def revoke(me: Account | None) -> bool:
    return open_door(me)


def read_list(me: Account | None) -> bool:
    """Each look is in the journal."""
    return open_door(me)


def enter_list(me: Account | None) -> bool:
    return open_door(me)


def add_walk_in(me: Account | None) -> bool:
    return open_door(me)


def set_head_count(me: Account | None) -> bool:
    return open_door(me)


def close_day(me: Account | None) -> bool:
    return open_door(me)


def reopen_day(me: Account | None) -> bool:
    return open_door(me)
