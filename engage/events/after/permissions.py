"""Who may note what a date gave, and who may take its list out of the house."""

from __future__ import annotations

from engage.accounts.models import Account


def see_desk(me: Account | None) -> bool:
    """The team sees what a date gave."""
    return bool(me and me.is_staff)


def judge(me: Account | None) -> bool:
    """Who answers for the site decides which words everybody reads."""
    return see_desk(me)


def prepare(me: Account | None) -> bool:
    """Whoever prepares the room ticks what is ready."""
    return see_desk(me)
