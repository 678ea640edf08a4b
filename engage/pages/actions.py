"""Drafts are begun, written and frozen; versions published and restored; pages leave and come back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypedDict, Unpack

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.core import fulltext
from engage.core.clock import now
from engage.core.db import db, insert_once
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal import actions as journal
from engage.pages import checking, pictures, versions
from engage.pages.models import Page, PageDraft, PageVersion, Shelf

TEXTS = ("title", "message", "summary", "simple", "short", "sources", "source_id")
KEPT_WITH = (*TEXTS, "checklist", "kept")
REVIEW_DAYS, MOST_REVIEW_DAYS = 365, 5 * 365


class Written(TypedDict, total=False):
    """What a draft says; what is not given stays as it is."""

    title: str
    message: str
    summary: str
    simple: str
    short: str
    sources: list[Any]
    source_id: int | None
    checklist: dict[str, Any]
    kept: list[Any]


class Overtaken(Refused):
    """Somebody else wrote in this draft meanwhile: both texts are shown side by side."""


def create(
    slug: str, title: str, shelf: Shelf, icon: str, *, language: str = "fr", by: Account | None
) -> PageDraft:
    """A page that nobody sees yet, and its first draft; twice is once. Raises Refused for a taken address."""
    facts = {"shelf": shelf, "icon": icon, "owner_id": by.id if by else None, "created_at": now()}
    page = insert_once(Page, slug=slug, position=versions.last_place(shelf) + 1, is_action=False, **facts)
    if page is None:
        if held := versions.begun(slug, language, title, facts):
            return held
        raise Refused(_("Another page has this address already. Please choose another one."))
    journal.record("page created", "page", slug, by=by)
    return _draft(page, language, {"title": title}, by=by)


def _draft(page: Page, language: str, words: dict[str, Any], *, by: Account | None) -> PageDraft:
    empty = {"title": "", "message": "", "summary": "", "simple": "", "short": "", "sources": []}
    rest: dict[str, Any] = {"source_id": None, "checklist": {}, "kept": []}
    who = {"edited_at": now(), "edited_by_id": by.id if by else None}
    whose = {"page_id": page.id, "language": language, "version": versions.number_to_begin(page)}
    made = insert_once(PageDraft, **{**whose, **empty, **rest, **words, **who})
    if made is None:
        raise Refused(_("Somebody has just begun to write this page. Please open it again."))
    return made


def begin(page: Page, language: str, *, by: Account | None) -> PageDraft:
    """The draft in this language: the one that is there, else the words of the last version to go on from.

    A language that the page does not have yet begins with the published words of its first language.
    Raises Refused when nothing is published to translate.
    """
    if (held := versions.draft_of(page, language)) is not None:
        return held
    if (last := versions.latest(page, language)) is not None:
        return _draft(page, language, _words(last), by=by)
    source = versions.first_published(page)
    if source is None:
        raise Refused(_("Publish this page in its first language; then translate it."))
    return _draft(page, language, {**_words(source), "source_id": source.id, "kept": []}, by=by)


def _words(version: PageVersion) -> dict[str, Any]:
    """What a draft takes over; the checklist is answered anew for each version."""
    return {name: getattr(version, name) for name in (*TEXTS, "kept")}


def write(draft: PageDraft, *, version: int, by: Account | None, **fields: Unpack[Written]) -> None:
    """Keep the words; `version` is the one that this person began from. Twice is once.

    Raises Overtaken when somebody else kept theirs since.
    """
    versions.hold(draft)
    if draft.version != version:
        if all(getattr(draft, name) == words for name, words in fields.items()):
            return
        raise Overtaken(_("Somebody else has written in this page while you were writing."))
    for name, words in fields.items():
        setattr(draft, name, words)
    draft.edited_at, draft.edited_by_id = now(), by.id if by else None
    db.session.flush()


def discard(draft: PageDraft, *, by: Account) -> None:
    """Throw the draft away; what was frozen stays. A page with nothing else goes with it.

    Raises Refused when somebody else just did.
    """
    versions.hold(draft)
    page = draft.page
    db.session.delete(draft)
    db.session.flush()
    if not versions.has_any(page) and not versions.has_drafts(page):
        pictures.erase_all(page)
        db.session.delete(page)
    journal.record("draft of a page discarded", "page", page.slug, by=by, note=draft.language)


def freeze(
    draft: PageDraft, *, version: int | None = None, by: Account | None, author: str = ""
) -> PageVersion:
    """A numbered version that never changes. The same words twice are the same version.

    `author` is the name under the page; `version` the writing that this person has read, where there was one.
    Raises Refused with what our Markdown does not know, and when somebody wrote in it meanwhile.
    """
    versions.hold(draft)
    if version not in {None, draft.version}:
        raise Refused(_("Somebody else has just written in this draft. Please read it again first."))
    checking.ensure_whole(draft)
    last = versions.latest(draft.page, draft.language)
    if last is not None and versions.are_same(last, draft, KEPT_WITH):
        return last
    made = PageVersion(
        page=draft.page,
        language=draft.language,
        number=last.number + 1 if last else 1,
        author=author or (by.full_name if by else centre_queries.centre().name),
        frozen_at=now(),
        published_at=None,
        **{name: getattr(draft, name) for name in KEPT_WITH},
    )
    db.session.add(made)
    db.session.flush()
    journal.record("page frozen", "page", draft.page.slug, by=by, note=f"{made.language} {made.number}")
    return made


def publish(version: PageVersion, *, by: Account | None) -> None:
    """Readers see it from now on; the draft that says the same goes. Twice is once.

    Raises Refused with what stands in the way, and for a version older than the one that readers see.
    """
    if version.published_at is not None:
        return
    _ensure_newest(version)
    checking.ensure_publishable(version)
    page = version.page
    version.published_at, page.withdrawn_at = now(), None
    if version.source_id is None:
        plan_review(page)
    _drop_draft_of(version)
    db.session.flush()
    for one in versions.shown(page):  # all of them: a page that was off the site is back
        _make_findable(one)
    journal.record("page published", "page", page.slug, by=by, note=f"{version.language} {version.number}")


def _ensure_newest(version: PageVersion) -> None:
    if versions.has_newer(version):
        raise Refused(_("A newer version is published already. To go back to this one, restore it first."))


def plan_review(page: Page) -> None:
    """Somebody reads it again in a year, unless a day was chosen that is to come."""
    today = centre_queries.centre_today()
    if page.review_on is None or page.review_on <= today:
        page.review_on, page.reminded_on = today + timedelta(days=REVIEW_DAYS), None


def _drop_draft_of(version: PageVersion) -> None:
    held = versions.draft_of(version.page, version.language)
    if held is not None and versions.are_same(held, version, KEPT_WITH):
        db.session.delete(held)


def _ref(page: Page, language: str) -> str:
    return page.slug if language == "fr" else f"{page.slug}:{language}"


def _make_findable(version: PageVersion) -> None:
    fulltext.put("page", _ref(version.page, version.language), checking.findable(version))


def restore(version: PageVersion, *, by: Account) -> PageDraft:
    """Write on from the words of this version; readers see nothing of it before they are published.

    Twice is once. Raises Refused while somebody writes something else.
    """
    held = versions.draft_of(version.page, version.language)
    if held is not None:
        if versions.are_same(held, version, TEXTS):
            return held
        last = versions.latest(version.page, version.language)
        if last is None or not versions.are_same(held, last, TEXTS):
            raise Refused(_("A draft of this page is being written. Publish it or throw it away first."))
        db.session.delete(held)
        db.session.flush()
    journal.record("page restored", "page", version.page.slug, by=by, note=str(version.number))
    return _draft(version.page, version.language, _words(version), by=by)


def settle(
    page: Page, *, shelf: Shelf, icon: str, position: int, is_action: bool, owner_id: int | None, by: Account
) -> None:  # fmt: skip
    """Where the page stands, what it asks of its reader, who answers for it."""
    page.shelf, page.icon, page.position = shelf, icon, position
    page.is_action, page.owner_id = is_action, owner_id
    journal.record("page settled", "page", page.slug, by=by)


def review(page: Page, *, review_on: date, by: Account) -> None:
    """It was read again and still holds; next time on `review_on`. Raises Refused for a day over or far."""
    if not 0 < (review_on - centre_queries.centre_today()).days <= MOST_REVIEW_DAYS:
        raise Refused(_("Please choose a day to come, in 5 years at the latest."))
    page.review_on, page.reminded_on = review_on, None
    journal.record("page reviewed", "page", page.slug, by=by, note=review_on.isoformat())


def withdraw(page: Page, *, by: Account) -> None:
    """Its address answers no more, and nobody finds it. Twice is once."""
    if page.withdrawn_at is not None:
        return
    page.withdrawn_at = now()
    for language in versions.languages(page):
        fulltext.drop("page", _ref(page, language))
    journal.record("page withdrawn", "page", page.slug, by=by)


def put_back(page: Page, *, by: Account) -> None:
    """Readers see again what they saw before."""
    if page.withdrawn_at is None:
        return
    page.withdrawn_at = None
    for version in versions.shown(page):
        _make_findable(version)
    journal.record("page put back", "page", page.slug, by=by)
