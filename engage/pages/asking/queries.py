"""What readers said of a page: how many understood which part, and what they missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.core.db import db
from engage.pages import markup, queries
from engage.pages.asking.models import Missing, Understood, UnderstoodCount
from engage.pages.models import Body, Page, PageVersion


@dataclass
class Part:
    """One section of one text: how many readers said what of it."""

    version: PageVersion
    body: Body
    title: str
    said: dict[Understood, int] = field(default_factory=dict)

    @property
    def readers(self) -> int:
        return sum(self.said.values())

    @property
    def puzzled(self) -> int:
        return self.readers - self.said.get(Understood.YES, 0)


def text(version: PageVersion, body: Body) -> str:
    return version.short if body is Body.SHORT else version.simple


def titles(version: PageVersion, body: Body) -> dict[str, str]:
    """The title of each section by its anchor; the empty one is the whole page."""
    return {"": ""} | {part.anchor: part.title for part in markup.sections(text(version, body))}


def shown(slug: str, version_id: int) -> PageVersion:
    """A text that readers have before them, be it since overtaken. Aborts with 404."""
    rows = select(PageVersion).join(PageVersion.page).options(joinedload(PageVersion.page))
    public = rows.where(Page.slug == slug, Page.withdrawn_at.is_(None), PageVersion.published_at.is_not(None))
    return db.session.scalars(public.where(PageVersion.id == version_id)).one_or_none() or abort(404)


def read(slug: str, language: str) -> PageVersion:
    """What readers see in this language, else in the first one there is. Aborts with 404."""
    there = queries.languages(slug)
    return there.get(language) or next(iter(there.values()), None) or abort(404)


def parts(page: Page) -> list[Part]:
    """What was said of the texts that readers see now, the parts that most did not understand first."""
    here = {one.id: one for one in queries.languages(page.slug).values()}
    rows = select(UnderstoodCount).where(UnderstoodCount.version_id.in_(here))
    found: dict[tuple[int, Body, str], Part] = {}
    names: dict[tuple[int, Body], dict[str, str]] = defaultdict(dict)
    for one in db.session.scalars(rows):
        version = here[one.version_id]
        titled = names[one.version_id, one.body] or titles(version, one.body)
        names[one.version_id, one.body] = titled
        part = found.setdefault(
            (one.version_id, one.body, one.section), Part(version, one.body, titled.get(one.section, ""))
        )
        part.said[one.answer] = one.times
    return sorted(found.values(), key=lambda part: (-part.puzzled / part.readers, -part.puzzled))


def missing(page: Page) -> Sequence[Missing]:
    """What readers miss and nobody has dealt with, the oldest first."""
    rows = select(Missing).join(Missing.version).where(PageVersion.page_id == page.id)
    waiting = rows.where(Missing.handled_at.is_(None)).options(joinedload(Missing.version))
    return db.session.scalars(waiting.order_by(Missing.said_at, Missing.id)).all()


def one_missing(page: Page, row_id: int) -> Missing:
    """Aborts with 404."""
    rows = select(Missing).join(Missing.version).where(PageVersion.page_id == page.id)
    return db.session.scalars(rows.where(Missing.id == row_id)).one_or_none() or abort(404)


def said_before(moment: datetime) -> Sequence[int]:
    """The rows of words that were said before."""
    return db.session.scalars(select(Missing.id).where(Missing.said_at < moment)).all()
