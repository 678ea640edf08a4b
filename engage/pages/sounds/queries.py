"""Which text of a page somebody has read aloud, and whether its words are still the same."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.core.db import db
from engage.pages import markup, queries
from engage.pages.models import Body, Page, PageVersion
from engage.pages.sounds.models import Recording


def words(version: PageVersion, body: Body) -> str:
    """What is read aloud of a text."""
    if body is Body.SHORT:
        return f"{version.title}\n{markup.plain(version.short)}"
    return "\n".join(
        [version.title, version.message, markup.plain(version.simple), version.summary]
    )  # fmt: skip


def digest(version: PageVersion, body: Body) -> str:
    return sha256(words(version, body).encode()).hexdigest()


def texts(page: Page) -> dict[str, tuple[PageVersion, Body]]:
    """What can be read aloud, by `language:body`: what readers see, else the last frozen version."""
    rows = select(PageVersion).filter_by(page_id=page.id).order_by(PageVersion.number)
    last = {one.language: one for one in db.session.scalars(rows)}
    shown = queries.languages(page.slug)
    return {
        f"{language}:{body}": (version, body)
        for language, version in ({**last, **shown}).items()
        for body in Body
        if body is Body.SIMPLE or version.short.strip()
    }


def of_page(page: Page) -> Sequence[Recording]:
    rows = select(Recording).filter_by(page_id=page.id).order_by(Recording.language, Recording.body.desc())
    return db.session.scalars(rows).all()


def held(page: Page, language: str, body: Body) -> Recording | None:
    rows = select(Recording).filter_by(page_id=page.id, language=language, body=body)
    return db.session.scalars(rows.options(joinedload(Recording.upload))).one_or_none()


def get(page: Page, language: str, body: Body) -> Recording:
    """Aborts with 404."""
    return held(page, language, body) or abort(404)


def offered(version: PageVersion, body: Body) -> Recording | None:
    """The recording of exactly these words, if there is one."""
    found = held(version.page, version.language, body)
    return found if found and found.words_digest == digest(version, body) else None
