"""Pages for everyone: the way in, a page in its texts and languages, its pictures, its paper."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.core.guard import public
from engage.core.render import render, render_kept
from engage.pages import markup, pictures, queries
from engage.pages import permissions as may
from engage.pages.languages import direction
from engage.pages.models import Page
from engage.pages.showing import paper as papers
from engage.pages.showing import shown
from engage.pages.showing.doors import doors
from engage.pages.showing.shown import SHORT, Shown
from engage.pages.words import SHELVES
from engage.uploads.queries import response

bp = Blueprint("pages", __name__)


@bp.route("/comprendre")
@public
def index() -> ResponseReturnValue:
    return render_kept("showing/index.html", _shelves)


def _shelves() -> dict[str, object]:
    versions = sorted(queries.shelved(), key=lambda version: list(SHELVES).index(version.page.shelf))
    by_shelf = groupby(versions, key=lambda version: version.page.shelf)
    return {
        "doors": doors(),
        "shelves": [(SHELVES[shelf], list(held)) for shelf, held in by_shelf],
        "inline": markup.inline,
        "side": direction,
    }


@bp.route("/pages/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    if beside := request.args.get("avec"):
        return _beside(_asked(slug), beside)
    return render_kept("showing/show.html", lambda: _whole(_asked(slug)), slug)


def _whole(page: Shown) -> dict[str, object]:
    shelf = SHELVES[page.version.page.shelf]
    return {"page": page, "shelf": shelf, "inline": markup.inline, "can_print": papers.can_print}


def _asked(slug: str) -> Shown:
    return shown.find(slug, request.args.get("langue", ""), short=request.args.get("texte") == SHORT)


def _beside(page: Shown, code: str) -> ResponseReturnValue:
    if not any(one.code == code for one in page.others):
        return redirect(page.address())
    other = shown.find(page.slug, code, short=page.is_short)
    rows = shown.rows(page, other)
    return render("showing/beside.html", page=page, other=other, rows=rows, inline=markup.inline)


@bp.route("/pages/<slug>/<any(feuille,depliant):kind>.pdf")
@public
def paper(slug: str, kind: str) -> ResponseReturnValue:
    """A4 in large letters, or a leaflet to fold."""
    page = _asked(slug)
    if not papers.can_print(page):
        abort(404)
    made = papers.made(page, "leaflet" if kind == "depliant" else "sheet")
    name = f'inline; filename="{page.slug}-{kind}.pdf"'
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": name})


@bp.route("/pages/<slug>/images/<name>")
@public
def picture(slug: str, name: str) -> ResponseReturnValue:
    """For everyone when a published text shows it, else for the team."""
    page = queries.by_slug(slug)
    found = pictures.get(page, name)
    if not (_is_shown(page, name) or may.see_desk(me())):
        abort(404)
    return response(found.upload)


def _is_shown(page: Page, name: str) -> bool:
    mark = f"(image:{name})"
    return any(
        mark in text
        for version in queries.languages(page.slug).values()
        for text in (version.simple, version.short)
    )
