"""Whom to call: a question at a time, and each way ends with a human. Without a script, and on paper."""

from __future__ import annotations

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from engage.core import pdf
from engage.core.guard import public
from engage.core.i18n import language
from engage.core.render import render
from engage.pages.guide import paper, queries
from engage.pages.guide.showing import step_page

bp = Blueprint("guide", __name__, url_prefix="/qui-appeler")


@bp.route("")
@public
def index() -> ResponseReturnValue:
    """The first question; before any guide is published, the emergency numbers and ours."""
    found = queries.shown(language())
    if found is None:
        return render("guide/none.html")
    tree, spoken = found
    return step_page(tree, spoken, tree.first)


@bp.route("/<key>")
@public
def step(key: str) -> ResponseReturnValue:
    """A question, or the page on which a way ends."""
    tree, spoken = queries.shown(language()) or abort(404)
    return step_page(tree, spoken, key)


@bp.route("/feuille.pdf")
@public
def sheet() -> ResponseReturnValue:
    """All of it on one sheet, to print and to keep."""
    tree, spoken = queries.shown(language()) or abort(404)
    content = pdf.kept("guide_sheet", paper.sheet(tree), lang=spoken)
    headers = {"Content-Disposition": 'inline; filename="qui-appeler.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)
