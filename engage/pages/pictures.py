"""The pictures of a page, by the names that its texts give them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.core.db import db
from engage.pages.models import Page, PagePicture
from engage.uploads import actions as uploads


def of(page: Page) -> Sequence[PagePicture]:
    rows = select(PagePicture).filter_by(page_id=page.id).options(joinedload(PagePicture.upload))
    return db.session.scalars(rows.order_by(PagePicture.id)).all()


def named(page: Page, name: str) -> PagePicture | None:
    rows = select(PagePicture).filter_by(page_id=page.id, name=name).options(joinedload(PagePicture.upload))
    return db.session.scalars(rows).one_or_none()


def get(page: Page, name: str) -> PagePicture:
    """Aborts with 404."""
    return named(page, name) or abort(404)


def erase_all(page: Page) -> None:
    for one in of(page):
        upload = one.upload
        db.session.delete(one)
        db.session.flush()
        uploads.erase(upload)
