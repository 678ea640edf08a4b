"""Who ties ideas to what the centre promises."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.commitments import permissions as commitments_may


def commit(me: Account | None) -> bool:
    """Who makes commitments makes them from ideas."""
    return commitments_may.make(me)


def move(me: Account | None) -> bool:
    """Who moves a commitment tells the people behind it."""
    return commitments_may.move(me)


def link(me: Account | None) -> bool:
    return commitments_may.make(me)


def unlink(me: Account | None) -> bool:
    return commitments_may.make(me)
