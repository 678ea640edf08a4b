"""Where I am signed in, and how to end it elsewhere."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import queries, session
from engage.accounts.devices import actions, names
from engage.accounts.devices.forms import EndForm
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.core.render import render

bp = Blueprint("devices", __name__, url_prefix="/connexion/appareils")


@bp.get("")
@session.during_setup
def index() -> ResponseReturnValue:
    row = session.present()
    return render("accounts/devices.html", rows=queries.sign_ins(row.account), here=row, names=names)


@bp.post("/fin")
@session.during_setup
def end_one() -> ResponseReturnValue:
    form = EndForm()
    if not form.validate():
        abort(400)
    actions.end_one(session.owner(), **form.values)
    db.session.commit()
    flash(_("This device is signed out."), "success")
    return redirect(url_for("devices.index"))


@bp.post("/autres")
@session.during_setup
def end_others() -> ResponseReturnValue:
    row = session.present()
    actions.end_others(row.account, keep=row)
    db.session.commit()
    flash(_("All other devices are signed out."), "success")
    return redirect(url_for("devices.index"))
