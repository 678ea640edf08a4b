"""Who reads what readers miss, and says that it is dealt with."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.pages import permissions as pages
from engage.pages.models import Page


def see(me: Account | None) -> bool:
    return pages.see_desk(me)


def handle(me: Account | None, page: Page) -> bool:
    """Whoever writes pages deals with what is missing in them."""
    return pages.see_desk(me)
