"""The directory: who helps around here, by everyday words, on a card for the phone, on paper."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from engage.core import pdf
from engage.core.guard import public
from engage.core.i18n import language
from engage.core.render import render_kept
from engage.pages.directory import needs, paper, queries, words

bp = Blueprint("directory", __name__, url_prefix="/annuaire")

LONGEST_NEED = 200


@bp.route("")
@public
def index() -> ResponseReturnValue:
    asked = request.args.get("besoin", "").strip()[:LONGEST_NEED]
    return render_kept("directory/index.html", lambda: _listed(asked))


def _listed(asked: str) -> dict[str, Any]:
    kinds = groupby(queries.shown(), key=lambda entry: entry.kind)
    return {
        "asked": asked,
        "found": needs.answering(asked) if asked else [],
        "kinds": [(kind, list(entries)) for kind, entries in kinds],
        "emergency": queries.emergency(),
        "words": words,
        "is_stale": queries.is_stale,
    }


@bp.route("/annuaire.pdf")
@public
def sheet() -> ResponseReturnValue:
    printed = pdf.kept("reference", paper.sheet(), lang=language())
    headers = {"Content-Disposition": 'inline; filename="annuaire.pdf"'}
    return Response(printed, mimetype="application/pdf", headers=headers)


@bp.route("/<code>.vcf")
@public
def card(code: str) -> ResponseReturnValue:
    entry = queries.get(code)
    headers = {"Content-Disposition": f'attachment; filename="{entry.code}.vcf"'}
    return Response(paper.card(entry), content_type="text/vcard; charset=utf-8", headers=headers)


@bp.route("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    return render_kept("directory/show.html", lambda: _entry(code), code)


def _entry(code: str) -> dict[str, Any]:
    return {"entry": queries.get(code), "words": words, "is_stale": queries.is_stale}
