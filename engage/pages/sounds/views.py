"""The recording of a page, for who listens to it."""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.core.guard import public
from engage.pages import queries as pages
from engage.pages.models import Body
from engage.pages.sounds import permissions as may
from engage.pages.sounds import queries
from engage.uploads.queries import response

bp = Blueprint("sounds", __name__, url_prefix="/pages")


@bp.get("/<slug>/voix/<language>/<any(simple,short):body>")
@public
def play(slug: str, language: str, body: str) -> ResponseReturnValue:
    """For everyone while the words are those that were read, else for the team."""
    page = pages.by_slug(slug)
    found, shown = queries.get(page, language, Body(body)), pages.published(slug, language)
    is_said = shown is not None and found.words_digest == queries.digest(shown, found.body)
    if not (is_said or may.see_desk(me(), page)):
        abort(404)
    return response(found.upload, name=page.slug)
