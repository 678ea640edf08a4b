"""What of the ready set is there already."""

from __future__ import annotations

from sqlalchemy import select

from engage.core.db import db
from engage.pages.models import Page, PageDraft, PageVersion


def pages() -> dict[str, Page]:
    """Every page by its slug, withdrawn ones too."""
    return {page.slug: page for page in db.session.scalars(select(Page))}


def written() -> set[tuple[int, str]]:
    """(page, language) of everything that somebody wrote or published."""
    drafts = select(PageDraft.page_id, PageDraft.language)
    versions = select(PageVersion.page_id, PageVersion.language)
    return {(page, language) for page, language in db.session.execute(drafts.union(versions))}
