"""My own dates in the calendar of my phone: a secret address that I can take back."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import owner
from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.limits import limited
from engage.core.render import link, render
from engage.events.agenda import ical
from engage.events.agenda.personal import actions, queries

bp = Blueprint("own_calendar", __name__, url_prefix="/evenements")


@bp.route("/inscription/agenda", methods=["GET", "POST"])
@limited("sign_up")
def manage() -> ResponseReturnValue:
    """The address is shown once, right after it was made."""
    address = ""
    if request.method == "POST":
        address = link("own_calendar.feed", token=actions.give_key(owner()))
        db.session.commit()
    return render("events/mine/calendar.html", held=queries.held(owner()), address=address)


@bp.route("/inscription/agenda/fin", methods=["POST"])
def end() -> ResponseReturnValue:
    actions.take_key_back(owner())
    db.session.commit()
    flash(_("The address opens nothing any more."), "success")
    return redirect(url_for("own_calendar.manage"))


@bp.route("/personnel/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """Read by a program, which cannot sign in. It says neutral titles, and nobody's name."""
    content = ical.written(queries.dates(queries.owner(token)), name=_("My dates"))
    return Response(content, mimetype=ical.MIMETYPE, headers={"Cache-Control": "no-store"})
