"""The guide as readers see it, and as the team writes it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from sqlalchemy import select

from engage.core.cache import remember
from engage.core.db import db
from engage.pages.guide.models import GuideDraft, GuideVersion
from engage.pages.guide.parsing import stored
from engage.pages.guide.tree import Tree

FIRST = "fr"


def published(language: str) -> GuideVersion | None:
    """The last version in this language, else in the first one (read only)."""
    return remember(("guide", language), lambda: _last(language) or _last(FIRST), seconds=15)


def last(language: str) -> GuideVersion | None:
    """The last version in this language alone, as the database holds it now."""
    newest = select(GuideVersion).filter_by(language=language).order_by(GuideVersion.number.desc())
    return db.session.scalars(newest.limit(1)).one_or_none()


def _last(language: str) -> GuideVersion | None:
    if found := last(language):
        db.session.expunge(found)
    return found


def shown(language: str) -> tuple[Tree, str] | None:
    """The guide that readers of this language see, and the language it is written in."""
    return remember(("guide tree", language), lambda: _shown(language), seconds=15)


def _shown(language: str) -> tuple[Tree, str] | None:
    found = published(language)
    return (stored(found.tree), found.language) if found else None


def draft(language: str) -> GuideDraft | None:
    return db.session.get(GuideDraft, language)


def drafted(language: str) -> GuideDraft:
    """Raises 404 where nobody has begun one."""
    return draft(language) or abort(404)


def versions(language: str) -> Sequence[GuideVersion]:
    """From the last to the first."""
    newest = select(GuideVersion).filter_by(language=language).order_by(GuideVersion.number.desc())
    return db.session.scalars(newest).all()


def version(language: str, number: int) -> GuideVersion:
    """Raises 404."""
    asked = select(GuideVersion).filter_by(language=language, number=number)
    return db.session.scalars(asked).one_or_none() or abort(404)
