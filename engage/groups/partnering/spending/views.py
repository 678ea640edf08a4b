"""My expenses: claimed with a photo of the receipt, answered by coordination."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups.partnering import permissions as may
from engage.groups.partnering import queries as files
from engage.groups.partnering import words
from engage.groups.partnering.spending import actions, queries
from engage.groups.partnering.spending.forms import ClaimForm
from engage.uploads import queries as uploads

bp = Blueprint("spending", __name__, url_prefix="/mon-dossier/frais")


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.own(me()))
    year = centre_today().year
    return render(
        "partnering/expenses.html",
        expenses=files.expenses(owner()),
        held=files.held(owner(), year),
        year=year,
        words=words,
    )


@bp.route("/nouveau", methods=["GET", "POST"])
def claim() -> ResponseReturnValue:
    require(may.own(me()))
    form = ClaimForm()
    form.offer(owner())
    if form.validate_on_submit():
        actions.claim(owner(), **form.values)
        db.session.commit()
        flash(_("It is sent. The coordination answers you."), "success")
        return redirect(url_for("spending.index"))
    return render("partnering/claim.html", form=form), 422 if form.errors else 200


@bp.route("/<code>/justificatif")
def receipt(code: str) -> Response:
    require(may.own(me()))
    expense = queries.own(code, owner())
    return uploads.response(expense.receipt) if expense.receipt else abort(404)


@bp.post("/<code>/retrait")
def withdraw(code: str) -> ResponseReturnValue:
    require(may.own(me()))
    actions.withdraw(queries.own(code, owner()))
    db.session.commit()
    flash(_("It is taken away."), "success")
    return redirect(url_for("spending.index"))
