"""Calls as everybody reads them: the list, the role sheet, the poster."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.core import pdf
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render
from engage.groups.calling import paper, queries, words
from engage.intake import registry
from engage.involvement.sources import queries as sources

bp = Blueprint("calls", __name__)


def _offer() -> registry.Offer | None:
    if not queries.open_calls():
        return None
    return registry.Offer(
        title=_("We look for people"),
        words=_("Read what it is about, and apply here. No account."),
        go=_("See the calls"),
        url=url_for("calls.index"),
        icon="users",
    )


OPENED = ("calls.index", "calls.show", "calls.typed", "applications.apply", "applications.done")
registry.offers_on_a_kiosk(_offer, opens=OPENED)


def _came_by() -> str:
    """The way in named by a link, if it is ours: whoever applies later came by it."""
    source = sources.by_code(request.args.get("par", ""))
    if source is None:
        return ""
    session[sources.KEPT] = source.code
    return source.code


@bp.route("/appels")
@public
def index() -> ResponseReturnValue:
    return render("calling/index.html", calls=queries.open_calls(), over=queries.over_calls(), words=words)


@bp.route("/a/<code>")
@public
def typed(code: str) -> ResponseReturnValue:
    """The address on posters, short enough to be typed."""
    call = queries.get(None, code.lower())
    return redirect(url_for("calls.show", code=call.code, par=request.args.get("par")))


@bp.route("/appels/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    call = queries.get(me(), code)
    _came_by()
    is_open = queries.is_open(call)
    others = [one for one in queries.open_calls() if one.id != call.id]
    page = {"is_open": is_open, "questions": queries.questions(call), "others": others}
    return render("calling/show.html", call=call, sheet=words.sheet(call), words=words, **page)


@bp.route("/appels/<code>/affiche.pdf")
@public
def poster(code: str) -> ResponseReturnValue:
    """For a wall; `?par=` is the way in that is told by this very poster."""
    call = queries.get(me(), code)
    source = sources.by_code(request.args.get("par", ""))
    sheet = pdf.render("call_poster", paper.poster(call, source), lang=language())
    headers = {"Content-Disposition": f'inline; filename="appel-{call.code}.pdf"'}
    return Response(sheet, mimetype="application/pdf", headers=headers)
