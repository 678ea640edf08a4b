"""Which drafts and versions a page has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, joinedload

from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.pages.models import Page, PageDraft, PageVersion, Shelf

BEGINNING = 1_577_836_800  # 2020, in seconds


def number_to_begin(page: Page) -> int:
    """Of a draft that begins now. No draft before it had this one: what was typed in one that was published
    or thrown away never passes for something typed in this one."""
    return int(now().timestamp()) - BEGINNING if has_any(page) else 1


def last_place(shelf: Shelf) -> int:
    return db.session.scalar(select(func.max(Page.position)).where(Page.shelf == shelf)) or 0


def are_same(one: Any, other: Any, names: Iterable[str]) -> bool:
    """Whether two drafts or versions say the same in these fields."""
    return all(getattr(one, name) == getattr(other, name) for name in names)


def draft_of(page: Page, language: str) -> PageDraft | None:
    return db.session.scalars(select(PageDraft).filter_by(page_id=page.id, language=language)).one_or_none()


def begun(slug: str, language: str, title: str, facts: dict[str, Any]) -> PageDraft | None:
    """The draft that this very person has just begun with the very same facts."""
    same = [getattr(Page, name) == facts[name] for name in ("shelf", "icon", "owner_id")]
    rows = select(PageDraft).join(PageDraft.page).options(joinedload(PageDraft.page))
    frozen = exists().where(PageVersion.page_id == Page.id)
    here = rows.where(Page.slug == slug, PageDraft.language == language, PageDraft.title == title)
    return db.session.scalars(here.where(*same, ~frozen)).first()


def latest(page: Page, language: str) -> PageVersion | None:
    """The version with the highest number, published or not."""
    rows = select(PageVersion).filter_by(page_id=page.id, language=language)
    return db.session.scalars(rows.order_by(PageVersion.number.desc()).limit(1)).first()


def has_newer(version: PageVersion) -> bool:
    """Whether readers see a version after this one."""
    rows = select(PageVersion.id).filter_by(page_id=version.page_id, language=version.language)
    newer = rows.where(PageVersion.number > version.number, PageVersion.published_at.is_not(None))
    return db.session.scalars(newer.limit(1)).first() is not None


def shown(page: Page) -> Sequence[PageVersion]:
    """What readers see, a version a language."""
    later = aliased(PageVersion)
    overtaken = exists().where(
        later.page_id == PageVersion.page_id,
        later.language == PageVersion.language,
        later.published_at.is_not(None),
        later.number > PageVersion.number,
    )
    rows = select(PageVersion).where(PageVersion.page_id == page.id, ~overtaken)
    return db.session.scalars(
        rows.where(PageVersion.published_at.is_not(None)).order_by(PageVersion.id)
    ).all()


def source(translation: Any) -> PageVersion | None:
    """The version in the first language that a draft or a version translates."""
    return db.session.get(PageVersion, translation.source_id) if translation.source_id else None


def first_published(page: Page) -> PageVersion | None:
    """What readers see in the language that others are translated from."""
    return next((version for version in shown(page) if version.source_id is None), None)


def has_any(page: Page) -> bool:
    rows = select(PageVersion.id).filter_by(page_id=page.id)
    return db.session.scalars(rows.limit(1)).first() is not None


def has_drafts(page: Page) -> bool:
    rows = select(PageDraft.id).filter_by(page_id=page.id)
    return db.session.scalars(rows.limit(1)).first() is not None


def languages(page: Page) -> list[str]:
    return list(db.session.scalars(select(PageVersion.language).filter_by(page_id=page.id).distinct()))


def hold(draft: PageDraft) -> None:
    """As it stands now; until this unit ends nobody else writes in it. Raises Refused when it is gone."""
    db.session.flush()
    row = select(PageDraft).filter_by(id=draft.id).with_for_update(of=PageDraft)
    if db.session.scalars(row.execution_options(populate_existing=True)).one_or_none() is None:
        raise Refused(_("Somebody has just thrown this draft away. Copy your words, and begin again."))
