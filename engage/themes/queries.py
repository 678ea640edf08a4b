"""The themes people can choose from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from engage.core.cache import remember
from engage.core.db import db
from engage.core.i18n import language
from engage.themes.models import Theme


def _all() -> Sequence[Theme]:
    rows = db.session.scalars(select(Theme).order_by(Theme.position, Theme.id)).all()
    for row in rows:
        db.session.expunge(row)
    return rows


def everything() -> Sequence[Theme]:
    """Every theme in its order, hidden ones too (read only)."""
    return remember("themes", _all)


def shown() -> Sequence[Theme]:
    """The themes a person may choose (read only)."""
    return [theme for theme in everything() if not theme.is_hidden]


def by_code(code: str) -> Theme | None:
    return next((theme for theme in everything() if theme.code == code), None)


def name(theme: Theme) -> str:
    """Its label in the language of this page."""
    return theme.label_en if language() == "en" and theme.label_en else theme.label
