"""Who puts pictures into a page: anyone who may write it."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.pages import permissions as may_page
from engage.pages.models import Page, PagePicture


def add_picture(me: Account | None, page: Page) -> bool:
    return may_page.begin(me, page)


def remove_picture(me: Account | None, picture: PagePicture) -> bool:
    return may_page.see_desk(me)
