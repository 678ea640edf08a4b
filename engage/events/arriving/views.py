"""The door of a date on a telephone that has its pass: who comes, online and offline."""

from __future__ import annotations

from hmac import compare_digest

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.core import keys
from engage.core.config import PACKAGE
from engage.core.db import db
from engage.core.guard import keyed, public, seeing
from engage.core.limits import limited
from engage.core.render import render
from engage.events.arriving import actions, entries, queries, shown
from engage.events.arriving.forms import ClaimForm, DoorForm
from engage.events.arriving.models import DoorPass
from engage.events.arriving.shown import COOKIE
from engage.events.arriving.writing import Noted

bp = Blueprint("arriving", __name__, url_prefix="/accueil")

HEADER = "X-Door"
WORKER = PACKAGE / "static" / "js" / "door-worker.js"


def _pass(code: str) -> DoorPass | None:
    return queries.valid_pass(code, request.cookies.get(COOKIE, ""))


def _key() -> str:
    """What a script of our own page must say beside the cookie that it cannot read."""
    return keys.digest("door key", request.cookies.get(COOKIE, ""))


@bp.route("/<code>", methods=["GET", "POST"])
@public
@seeing
@limited("door")
def door(code: str) -> ResponseReturnValue:
    """The list with its buttons; without a pass, a page that wipes what this telephone kept."""
    held = _pass(code)
    if held is None:
        return render("arriving/gone.html"), 404
    form = DoorForm()
    if not form.is_submitted():
        page = render("arriving/door.html", form=form, key=_key(), **shown.door(held, request.args))
        return shown.sealing(page, held, request.cookies.get(COOKIE, ""))
    if "end" in request.form:
        actions.give_back(held)
    elif form.validate() and (entry := form.pressed(request.form)):
        actions.receive(held, [entry])
    db.session.commit()
    return redirect(url_for("arriving.door", code=code, q=request.args.get("q") or None))


@bp.route("/<code>/ouvrir", methods=["GET", "POST"])
@public
@limited("follow")
def claim(code: str) -> ResponseReturnValue:
    """Another telephone takes the pass that the team hands over; its code stands behind the "#"."""
    form = ClaimForm()
    if not form.validate_on_submit():
        return render("arriving/claim.html", form=form, code=code), 422 if form.errors else 200
    held, token = actions.claim(code, form.ticket.data or "")
    db.session.commit()
    return shown.handed(held, code, token)


@bp.route("/<code>/envoi", methods=["POST"])
@public
@keyed
@limited("door")
def send(code: str) -> ResponseReturnValue:
    """What a telephone noted, with or without a network; answered with the list as it stands now."""
    body = request.get_data()
    held = _pass(code)
    if held is None or not compare_digest(_key().encode(), request.headers.get(HEADER, "").encode()):
        return jsonify(gone=True), 404
    sent = entries.read(body)
    noted = actions.receive(held, sent.entries) if sent.entries else Noted([], [])
    db.session.commit()
    answer = shown.state(held.occurrence)
    return jsonify(answer | {"done": noted.done, "refused": [*noted.refused, *sent.nonsense]})


@bp.route("/hors-ligne.js")
@public
def worker() -> Response:
    """The script that keeps the page where there is no network; its address is the reach it has."""
    return Response(WORKER.read_bytes(), mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
