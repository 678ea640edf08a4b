"""Who works at the desk."""

from __future__ import annotations

from engage.accounts.models import Account


def see_day(me: Account | None) -> bool:
    """The team."""
    return bool(me and me.is_staff)


def set_mails(me: Account | None) -> bool:
    """Anyone of the team chooses which mails about work to get."""
    return see_day(me)
