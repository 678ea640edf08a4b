"""Stopping mails in one tap, and taking that back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.outbox import actions, queries

bp = Blueprint("outbox", __name__, url_prefix="/courrier")


@bp.route("/arreter/<token>", methods=["GET", "POST"])
@public
def stop(token: str) -> ResponseReturnValue:
    """The page behind every mail. A GET changes nothing: mail scanners open links."""
    message = queries.by_stop_token(token)
    if request.method == "POST":
        actions.stop(message)
        db.session.commit()
    is_forgotten = message.address_digest is None
    stopped = is_forgotten or queries.is_stopped(message.address_digest, message.kind)
    page = "outbox/stop.html"
    return render(page, kind=message.kind, token=token, stopped=stopped, can_resume=not is_forgotten)


@bp.post("/reprendre/<token>")
@public
def resume(token: str) -> ResponseReturnValue:
    actions.resume(queries.by_stop_token(token))
    db.session.commit()
    flash(_("You will receive these mails again."), "success")
    return redirect(url_for("outbox.stop", token=token))


@bp.record_once
def _one_click(state: BlueprintSetupState) -> None:
    """A mail program posts without cookie or page (RFC 8058): the token in the address is the secret."""
    state.app.extensions["csrf"].exempt(stop)
