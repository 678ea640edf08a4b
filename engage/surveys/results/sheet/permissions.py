"""Who gives the results back, and in the centre's name."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.commitments import permissions as may_commit


def see(me: Account | None) -> bool:
    """The team sees how the sheet grows."""
    return bool(me and me.is_staff)


def compose(me: Account | None) -> bool:
    """Coordinators and administrators write what the centre says."""
    return bool(me and me.is_coordinator)


def tie(me: Account | None) -> bool:
    return compose(me)


def untie(me: Account | None) -> bool:
    return compose(me)


def promise(me: Account | None) -> bool:
    """Who writes the sheet and may commit the centre."""
    return compose(me) and may_commit.make(me)


def publish(me: Account | None) -> bool:
    return compose(me)


def withdraw(me: Account | None) -> bool:
    return compose(me)


def renew(me: Account | None) -> bool:
    return compose(me)
