"""One box over everything that readers may find."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.core.words import clean, has_words
from engage.intake import screening
from engage.pages.languages import direction
from engage.pages.showing.doors import doors
from engage.search import actions, queries
from engage.search.documents import Group

bp = Blueprint("search", __name__, url_prefix="/recherche")


def names() -> dict[Group, str]:
    """The heading of each group."""
    return {
        Group.PAGE: _("Pages that explain"),
        Group.ENTRY: _("People and services"),
        Group.TERM: _("Words explained"),
        Group.EVENT: _("Dates to come"),
        Group.RESULT: _("What is changing"),
    }


@bp.route("")
@public
def index() -> ResponseReturnValue:
    question = clean(request.args.get("q", ""))[: queries.LONGEST]
    answer = queries.find(question) if has_words(question) else None
    if answer and not answer.groups:
        actions.count(question)
    return render(
        "search/index.html",
        question=question,
        answer=answer,
        names=names(),
        doors=doors(),
        side=direction,
        is_pain=screening.is_distress(question),
    )
