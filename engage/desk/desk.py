"""The first page of the team: what to do now, then how we are doing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import zone
from engage.core.clock import local, now
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import provide, render
from engage.desk import actions, queries
from engage.desk import permissions as may
from engage.desk.forms import MailsForm
from engage.desk.nav import staff_nav
from engage.desk.reminding import wants
from engage.desk.todo import todos

bp = Blueprint("desk", __name__, url_prefix="/equipe")


@bp.record_once
def _every_page(state: BlueprintSetupState) -> None:
    provide(state.app, staff_nav=staff_nav)


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_day(me()))
    hour = local(now(), zone()).hour
    return render("desk/index.html", todos=todos(owner()), figures=queries.figures(), hour=hour)


@bp.route("/mes-e-mails", methods=["GET", "POST"])
def set_mails() -> ResponseReturnValue:
    require(may.set_mails(me()))
    form = MailsForm(data=wants(owner()))
    if form.validate_on_submit():
        actions.set_mails(**form.values, by=owner())
        db.session.commit()
        flash(_("Your choice is kept."), "success")
        return redirect(url_for("desk.set_mails"))
    return render("desk/set_mails.html", form=form)
