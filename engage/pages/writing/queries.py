"""Pages as their authors see them: what waits, what readers did not understand, the versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import abort
from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from engage.centre.queries import centre_today
from engage.core.db import db
from engage.pages.asking.models import Missing, Understood, UnderstoodCount
from engage.pages.models import Page, PageDraft, PageVersion
from engage.pages.writing.models import PlainWord


class Line(NamedTuple):
    """A page in the list of its authors; `puzzled` readers said so of the text that is shown now."""

    page: Page
    title: str
    is_published: bool
    drafts: int
    unpublished: int
    puzzled: int
    missing: int

    @property
    def is_gone(self) -> bool:
        return self.page.withdrawn_at is not None

    @property
    def is_overdue(self) -> bool:
        day = self.page.review_on
        return self.is_published and day is not None and day <= centre_today()

    @property
    def waits(self) -> bool:
        """Whether somebody has something to do."""
        waiting = self.is_overdue or self.drafts or self.unpublished or self.puzzled or self.missing
        return bool(waiting) and not self.is_gone


def lines() -> list[Line]:
    """Every page in the order of /comprendre, in one query."""
    rows = select(Page, _title(), _is_published(), _drafts(), _unpublished(), _puzzled(), _missing())
    ordered = rows.order_by(Page.shelf, Page.position, Page.id).options(joinedload(Page.owner))
    return [Line(*row) for row in db.session.execute(ordered)]


def _title() -> Any:
    """That of the first language: of the text that is shown, else of the draft."""
    frozen = select(PageVersion.title).where(PageVersion.page_id == Page.id, PageVersion.source_id.is_(None))
    last = frozen.order_by(PageVersion.published_at.is_(None), PageVersion.id.desc()).limit(1)
    begun = select(PageDraft.title).where(PageDraft.page_id == Page.id).order_by(PageDraft.id).limit(1)
    return func.coalesce(last.scalar_subquery(), begun.scalar_subquery(), Page.slug)


def _is_published() -> Any:
    return exists().where(PageVersion.page_id == Page.id, PageVersion.published_at.is_not(None))


def _drafts() -> ScalarSelect[int]:
    return select(func.count()).where(PageDraft.page_id == Page.id).scalar_subquery()


def _shown() -> ScalarSelect[int]:
    """The number of the version in the first language that readers see, 0 without one."""
    published = select(func.coalesce(func.max(PageVersion.number), 0)).where(
        PageVersion.page_id == Page.id, PageVersion.source_id.is_(None), PageVersion.published_at.is_not(None)
    )
    return published.correlate(Page).scalar_subquery()


def _unpublished() -> ScalarSelect[int]:
    """Versions of the first language that were frozen since, for a panel to read."""
    frozen = select(func.count()).where(
        PageVersion.page_id == Page.id, PageVersion.source_id.is_(None), PageVersion.number > _shown()
    )
    return frozen.scalar_subquery()


def _puzzled() -> ScalarSelect[int]:
    said = select(func.coalesce(func.sum(UnderstoodCount.times), 0)).join(
        PageVersion, PageVersion.id == UnderstoodCount.version_id
    )
    here = said.where(PageVersion.page_id == Page.id, PageVersion.number == _shown())
    return here.where(
        PageVersion.source_id.is_(None), UnderstoodCount.answer != Understood.YES
    ).scalar_subquery()


def _missing() -> ScalarSelect[int]:
    said = select(func.count()).select_from(Missing).join(Missing.version)
    return said.where(PageVersion.page_id == Page.id, Missing.handled_at.is_(None)).scalar_subquery()


def page(slug: str) -> Page:
    """Aborts with 404."""
    rows = select(Page).where(Page.slug == slug).options(joinedload(Page.owner))
    return db.session.scalars(rows).one_or_none() or abort(404)


def drafts(page: Page) -> Sequence[PageDraft]:
    rows = select(PageDraft).filter_by(page_id=page.id).options(joinedload(PageDraft.edited_by))
    return db.session.scalars(rows.order_by(PageDraft.id)).all()


def titled(drafts: Sequence[PageDraft], versions: Sequence[PageVersion]) -> str:
    """What the team calls a page: the title in its first language, of what readers see before all else."""
    first = [one for one in versions if one.source_id is None]
    named: list[Any] = [*(one for one in first if one.published_at), *first, *drafts, *versions]
    return str(named[0].title) if named else ""


def found_draft(slug: str, language: str) -> PageDraft | None:
    """With its page and who wrote in it last."""
    rows = select(PageDraft).join(PageDraft.page).where(Page.slug == slug, PageDraft.language == language)
    loaded = rows.options(joinedload(PageDraft.page), joinedload(PageDraft.edited_by))
    return db.session.scalars(loaded).one_or_none()


def draft(slug: str, language: str) -> PageDraft:
    """Aborts with 404."""
    return found_draft(slug, language) or abort(404)


def versions(page: Page) -> Sequence[PageVersion]:
    """All of them, the newest first."""
    rows = select(PageVersion).filter_by(page_id=page.id)
    return db.session.scalars(rows.order_by(PageVersion.id.desc())).all()


def shown(versions: Sequence[PageVersion]) -> dict[str, PageVersion]:
    """Those among them that readers see, by language, the first language first."""
    published = [one for one in versions if one.published_at is not None]
    ordered = sorted(published, key=lambda one: (one.source_id is not None, one.number))
    return {one.language: one for one in ordered}


def version(slug: str, language: str, number: int) -> PageVersion:
    """Aborts with 404."""
    rows = select(PageVersion).join(PageVersion.page).where(Page.slug == slug)
    wanted = rows.where(PageVersion.language == language, PageVersion.number == number)
    return db.session.scalars(wanted.options(joinedload(PageVersion.page))).one_or_none() or abort(404)


def before(version: PageVersion, number: int = 0) -> PageVersion | None:
    """The version to compare with: the one of this number, else the one before."""
    rows = select(PageVersion).filter_by(page_id=version.page_id, language=version.language)
    if number:
        return db.session.scalars(rows.filter_by(number=number)).one_or_none()
    earlier = rows.where(PageVersion.number < version.number).order_by(PageVersion.number.desc())
    return db.session.scalars(earlier.limit(1)).first()


def by_id(version_id: int | None) -> PageVersion | None:
    return db.session.get(PageVersion, version_id) if version_id else None


def plain_words() -> list[tuple[str, str]]:
    """Words and what writers said instead, the replacement taken most often for each."""
    rows = select(PlainWord).order_by(PlainWord.words, PlainWord.times, PlainWord.replacement.desc())
    return list({one.words: one.replacement for one in db.session.scalars(rows)}.items())


def to_read_again() -> ColumnElement[bool]:
    """Readers see it, and its day of review has come."""
    return and_(Page.review_on <= centre_today(), Page.withdrawn_at.is_(None), _is_published())


def to_remind() -> list[tuple[Page, str]]:
    """Pages to read again whose owner was not told, with their titles."""
    due = select(Page, _title()).where(to_read_again(), Page.reminded_on.is_(None))
    rows = due.options(joinedload(Page.owner)).order_by(Page.review_on, Page.id)
    return [(page, title) for page, title in db.session.execute(rows)]


def shows(page: Page, words: str) -> bool:
    """Whether a draft or a version of this page holds these words."""
    return any(
        db.session.scalars(
            select(kind.id).where(
                kind.page_id == page.id, or_(kind.simple.contains(words), kind.short.contains(words))
            ).limit(1)
        ).first()
        for kind in (PageDraft, PageVersion)
    )  # fmt: skip


def only_read() -> None:
    """What follows in this request writes nothing: nobody waits for it, and it waits for nobody."""
    db.session.rollback()
    db.session.connection(execution_options={"engage_writes": False})
