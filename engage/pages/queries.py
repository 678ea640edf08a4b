"""Pages as readers see them: by their slug, in a language, with what is published."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask import abort
from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased, contains_eager, load_only

from engage.core.db import db
from engage.core.i18n import language as spoken
from engage.pages.languages import FIRST
from engage.pages.models import Page, PageVersion


def by_slug(slug: str) -> Page:
    """Withdrawn ones too. Raises 404."""
    page = db.session.scalars(select(Page).filter_by(slug=slug)).one_or_none()
    return page or abort(404)


def _newest() -> Select[PageVersion]:
    """The last published version of each page in each language, with its page; withdrawn pages have none."""
    newer = aliased(PageVersion)
    is_later = or_(
        newer.published_at > PageVersion.published_at,
        and_(newer.published_at == PageVersion.published_at, newer.number > PageVersion.number),
    )
    same = and_(newer.page_id == PageVersion.page_id, newer.language == PageVersion.language)
    return (
        select(PageVersion)
        .join(PageVersion.page)
        .options(contains_eager(PageVersion.page))
        .where(PageVersion.published_at.is_not(None), Page.withdrawn_at.is_(None))
        .where(~exists().where(same, is_later))
        .order_by(Page.position, Page.id, PageVersion.language)
    )


def languages(slug: str) -> dict[str, PageVersion]:
    """What readers see of a page, by language."""
    found = db.session.scalars(_newest().where(Page.slug == slug)).all()
    return {version.language: version for version in found}


def published(slug: str, language: str) -> PageVersion | None:
    """What readers see of a page in one language; its page comes with it."""
    return languages(slug).get(language)


def everything() -> Sequence[PageVersion]:
    """What readers see of every page in every language, in the order of the pages."""
    return db.session.scalars(_newest()).all()


def shelved() -> Sequence[PageVersion]:
    """Titles and messages of every page, in the language of the site where it is, else in the first one."""
    light = load_only(PageVersion.page_id, PageVersion.language, PageVersion.title, PageVersion.message)
    wanted = {spoken(), FIRST}
    rows = db.session.scalars(_newest().options(light).where(PageVersion.language.in_(wanted))).all()
    spoken_here = {row.page_id for row in rows if row.language == spoken()}
    return [row for row in rows if row.language == spoken() or row.page_id not in spoken_here]


def source(version: PageVersion) -> PageVersion | None:
    """What this translates."""
    return db.session.get(PageVersion, version.source_id) if version.source_id else None


def current() -> list[tuple[Page, PageVersion]]:
    """Every page that is published in the language of the site, in its order."""
    return [(version.page, version) for version in everything() if version.language == spoken()]


def titled(slugs: Collection[str]) -> Sequence[PageVersion]:
    """What readers see of these pages in every language, without the texts."""
    if not slugs:
        return []
    heads = load_only(PageVersion.language, PageVersion.title, PageVersion.message)
    return db.session.scalars(_newest().where(Page.slug.in_(slugs)).options(heads)).all()
