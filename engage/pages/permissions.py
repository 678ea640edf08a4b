"""Who writes pages, who publishes them, and who takes them off the site."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.pages.models import Page, PageDraft, PageVersion


def see_desk(me: Account | None) -> bool:
    """Every page, its drafts and its past versions."""
    return bool(me and me.is_staff)


def create(me: Account | None) -> bool:
    return see_desk(me)


def begin(me: Account | None, page: Page) -> bool:
    return see_desk(me)


def write(me: Account | None, draft: PageDraft) -> bool:
    """Anyone of the team: two who write at the same time never overwrite each other."""
    return see_desk(me)


def discard(me: Account | None, draft: PageDraft) -> bool:
    return see_desk(me)


def freeze(me: Account | None, draft: PageDraft) -> bool:
    """So that people concerned may read it before everybody does."""
    return see_desk(me)


def answers_for(me: Account | None, page: Page) -> bool:
    """The coordination, and in the team who is named for this page."""
    return bool(me and me.is_staff and (me.is_coordinator or me.id == page.owner_id))


def publish(me: Account | None, version: PageVersion) -> bool:
    return answers_for(me, version.page)


def restore(me: Account | None, version: PageVersion) -> bool:
    return see_desk(me)


def settle(me: Account | None, page: Page) -> bool:
    return answers_for(me, page)


def review(me: Account | None, page: Page) -> bool:
    return answers_for(me, page)


def withdraw(me: Account | None, page: Page) -> bool:
    return answers_for(me, page)


def put_back(me: Account | None, page: Page) -> bool:
    return withdraw(me, page)
