"""Who reads the free words of a survey, and what they may do with them."""

from __future__ import annotations

from engage.accounts.models import Account


def read(me: Account | None) -> bool:
    """The team reads and sorts, as it does with ideas; each day's first look is noted."""
    return bool(me and me.is_staff)


def open_words(me: Account | None) -> bool:
    return read(me)


def decide(me: Account | None) -> bool:
    return read(me)


def undo(me: Account | None) -> bool:
    return read(me)


def finish(me: Account | None) -> bool:
    return read(me)


def add_code(me: Account | None) -> bool:
    """Coordinators and administrators keep the code book: every wave is filed under it."""
    return bool(me and me.is_coordinator)


def remove_code(me: Account | None) -> bool:
    return add_code(me)
