"""Who gives a page a voice."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.pages import permissions as pages
from engage.pages.models import Page, PageVersion
from engage.pages.sounds.models import Recording


def see_desk(me: Account | None, page: Page) -> bool:
    return pages.see_desk(me)


def record(me: Account | None, version: PageVersion) -> bool:
    return pages.see_desk(me)


def remove(me: Account | None, recording: Recording) -> bool:
    return pages.see_desk(me)
