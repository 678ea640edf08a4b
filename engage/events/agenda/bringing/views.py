"""A relay looks after those they signed up: who comes, changed or cancelled when they say so."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.events.after import actions as after
from engage.events.agenda import queries as agenda
from engage.events.agenda import words
from engage.events.agenda.bringing import queries
from engage.events.agenda.forms import PartyForm, typed_before
from engage.events.kinds import ACTIVE, Cause
from engage.events.programme import actions as programme
from engage.events.programme import queries as programmes
from engage.events.signing import actions
from engage.events.signing import permissions as may
from engage.events.signing.models import SignUp

bp = Blueprint("bringing", __name__, url_prefix="/evenements/inscription/pour-quelqu-un")


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.sign_up(me()))
    return render("events/bringing/index.html", sign_ups=queries.brought(owner()), active=ACTIVE, words=words)


def _mine(code: str) -> SignUp:
    require(may.sign_up(me()))
    return queries.get(code, owner())


def _back(sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for("bringing.index"))


@bp.route("/<code>/changement", methods=["GET", "POST"])
def change(code: str) -> ResponseReturnValue:
    sign_up = _mine(code)
    require(may.change(me(), sign_up))
    form = _form(sign_up)
    if not form.validate_on_submit():
        page = render("events/bringing/change.html", form=form, sign_up=sign_up)
        return page, 422 if form.errors else 200
    actions.change(sign_up, cause=Cause.TEAM, by=owner(), **form.party)
    if form.chosen is not None:
        programme.choose(sign_up, form.chosen)
    after.agree_to_photos(sign_up, form.photos.data)
    return _back(_("Your change is noted. The person is being told."))


def _form(sign_up: SignUp) -> PartyForm:
    shown = agenda.find(sign_up.occurrence.code) or abort(404)
    held = [slot.id for slot in programmes.chosen(sign_up)]
    typed = typed_before(sign_up) | {"slots": held}
    return PartyForm(data=typed, questions=shown.questions, slots=shown.to_choose, held=held)


@bp.route("/<code>/annulation", methods=["GET", "POST"])
def cancel(code: str) -> ResponseReturnValue:
    sign_up = _mine(code)
    require(may.cancel(me(), sign_up))
    if request.method == "GET":
        return render("events/bringing/cancel.html", sign_up=sign_up)
    actions.cancel(sign_up, cause=Cause.TEAM, by=owner())
    return _back(_("The sign-up is cancelled. The person is being told."))
