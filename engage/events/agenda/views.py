"""Reading the agenda: what is next, a month, one date, its picture, its calendars, its paper."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.centre import queries as centre_queries
from engage.core import pdf
from engage.core.cache import remember
from engage.core.guard import framed, public
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render, render_kept
from engage.events.after import queries as after
from engage.events.after import words as after_words
from engage.events.agenda import asked, ical, own, paper, queries, words
from engage.events.agenda.lines import EVERYTHING
from engage.events.agenda.queries import Shown
from engage.events.programme import words as slot_words
from engage.events.words import KINDS
from engage.themes import queries as themes
from engage.uploads import queries as pictures

bp = Blueprint("events", __name__)


@bp.route("/evenements")
@public
def index() -> ResponseReturnValue:
    template = "events/month.html" if request.args.get("vue") == "mois" else "events/index.html"
    return render_kept(template, _month if template == "events/month.html" else _list)


def _choices() -> dict[str, Any]:
    return {
        "wanted": asked.wanted(request.args),
        "everything": EVERYTHING,
        "themes": themes.shown(),
        "theme_name": themes.name,
        "kinds": KINDS,
        "words": words,
        "address": lambda **more: asked.address(request.args, **more),
    }


def _list() -> dict[str, Any]:
    choices, number = _choices(), asked.number(request.args)
    leaf = queries.coming(choices["wanted"], number)
    if not leaf.lines and leaf.total:
        number = queries.last_page(leaf.total)
        leaf = queries.coming(choices["wanted"], number)
    page = asked.Page(request.args, number, leaf.total)
    return {**choices, "leaf": leaf, "months": asked.by_month(leaf.lines), "page": page}


def _month() -> dict[str, Any]:
    choices, today = _choices(), centre_queries.centre_today()
    first = asked.month(request.args, today)
    lines = queries.within(choices["wanted"], first, asked.last_day(first))
    return {**choices, "month": asked.drawn(first, lines), "today": today}


def _known(code: str) -> Shown:
    return queries.find(code) or abort(404)


def _pages(shown: Shown, *, short: bool) -> dict[str, Any]:
    theme = next((one for one in themes.everything() if one.id == shown.theme_id), None)
    return {
        "shown": shown,
        "line": shown.line,
        "theme": themes.name(theme) if theme else "",
        "words": words,
        "slot_words": slot_words,
        "is_short": short,
        "mine": None,
        "result": after.result(shown.line.id) if _gave(shown) else None,
        "after": after_words,
    }


def _gave(shown: Shown) -> bool:
    return shown.line.is_over and not shown.line.is_cancelled


@bp.route("/evenements/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    return _date(code, short=False)


@bp.route("/e/<code>")
@public
def typed(code: str) -> ResponseReturnValue:
    """The address on posters, short enough to be typed."""
    return redirect(url_for("events.show", code=_known(code.lower()).line.code))


@bp.route("/evenements/<code>/court")
@public
def short(code: str) -> ResponseReturnValue:
    """The same in a few words."""
    return _date(code, short=True)


def _date(code: str, *, short: bool) -> ResponseReturnValue:
    """Strangers all read the same, kept for some seconds; who is known here also reads where they stand."""
    shown, person, followed = _known(code), me(), own.followed()
    if person is None and followed is None:
        return render_kept("events/show.html", lambda: _pages(shown, short=short), code, short)
    mine = own.on(code, person, followed)
    key = "" if mine else secrets.token_urlsafe(24)
    return render("events/show.html", **_pages(shown, short=short) | {"mine": mine, "key": key})


@bp.route("/evenements/<code>/photo")
@public
def photo(code: str) -> ResponseReturnValue:
    return pictures.response(queries.photo(code) or abort(404))


def _calendar(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return Response(content, mimetype=ical.MIMETYPE, headers=headers)


@bp.route("/evenements/<code>.ics")
@public
def file(code: str) -> ResponseReturnValue:
    """One date for a calendar."""
    line = _known(code).line
    return _calendar(ical.written([line], name=line.discreet_title), code)


@bp.route("/evenements/<code>/dates.ics")
@public
def group(code: str) -> ResponseReturnValue:
    """All dates of one event: of a walking group, of a workshop that comes back."""
    line = _known(code).line
    return _calendar(ical.written(queries.for_calendars(code), name=line.discreet_title), f"dates-{code}")


@bp.route("/evenements/agenda.ics")
@public
def feed() -> ResponseReturnValue:
    """Every date, for calendars that look here again by themselves."""
    name = _("Events, %(centre)s", centre=centre_queries.centre().name)
    content = remember(
        ("agenda feed", language()), lambda: ical.written(queries.for_calendars(), name=name), seconds=60
    )
    return _calendar(content, "agenda")


@bp.route("/evenements/integrer")
@public
@framed
def embed() -> ResponseReturnValue:
    """The next dates for the page of another site: the one page that others may frame."""
    return remember(
        ("agenda embedded", language()),
        lambda: render("events/embed.html", leaf=queries.coming(), words=words),
    )


@bp.route("/evenements/<code>/affiche/<size>")
@public
def poster(code: str, size: str) -> ResponseReturnValue:
    shown = _known(code)
    if size not in paper.SIZES:
        abort(404)
    sheet = pdf.render("event_poster", paper.poster(shown, size), lang=language())
    headers = {"Content-Disposition": f'inline; filename="evenement-{code}-{size}.pdf"'}
    return Response(sheet, mimetype="application/pdf", headers=headers)
