"""The words explained: all of them, one of them, a leaflet; and the links that lead here."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from engage.core import pdf
from engage.core.guard import public
from engage.core.i18n import language
from engage.core.render import render_kept
from engage.pages.glossary import linking, listing, paper, queries
from engage.pages.glossary.plan import LONGEST_TERM

bp = Blueprint("glossary", __name__, url_prefix="/mots")
bp.app_template_filter("defined")(linking.defined)
bp.app_template_global("defined_words")(linking.used)


@bp.route("")
@public
def index() -> ResponseReturnValue:
    asked = request.args.get("q", "")[:LONGEST_TERM]
    return render_kept("glossary/index.html", lambda: {"asked": asked, "letters": listing.by_letter(asked)})


@bp.route("/les-mots-de-la-sante.pdf")
@public
def leaflet() -> ResponseReturnValue:
    sheet = pdf.kept("reference", paper.leaflet(), lang=language())
    headers = {"Content-Disposition": 'inline; filename="les-mots-de-la-sante.pdf"'}
    return Response(sheet, mimetype="application/pdf", headers=headers)


@bp.route("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    return render_kept("glossary/show.html", lambda: {"term": queries.get(slug)}, slug)
