"""What readers looked for and did not find: what to write next."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.search import actions, queries
from engage.search import permissions as may

bp = Blueprint("search_desk", __name__, url_prefix="/equipe/recherches")
SHOWN = 100


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_empty(me()))
    return render("search_desk/index.html", searches=queries.empty(SHOWN))


@bp.route("/retrait", methods=["POST"])
def forget() -> ResponseReturnValue:
    require(may.forget(me()))
    actions.forget(request.form.get("words", ""), by=owner())
    db.session.commit()
    flash(_("These words are gone from the list."))
    return redirect(url_for("search_desk.index"))
