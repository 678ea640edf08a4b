"""The team's side: tablets of the waiting room, words of distress, private messages."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import link, render
from engage.intake import actions, queries
from engage.intake import permissions as may
from engage.intake.forms import KioskForm, PhraseForm

bp = Blueprint("intake_desk", __name__, url_prefix="/equipe")


@bp.route("/bornes", methods=["GET", "POST"])
def kiosks() -> ResponseReturnValue:
    person = me()
    require(may.open_kiosk(person))
    form = KioskForm()
    if person and form.validate_on_submit():
        actions.open_kiosk(form.name.data or "", by=person)
        db.session.commit()
        flash(_("The tablet is open. Type its address on it."), "success")
        return redirect(url_for("intake_desk.kiosks"))
    page = render("intake_desk/kiosks.html", form=form, kiosks=queries.kiosks(), link=link)
    return page, 422 if form.errors else 200


@bp.route("/bornes/<code>/nom", methods=["GET", "POST"])
def rename_kiosk(code: str) -> ResponseReturnValue:
    person, kiosk = me(), queries.open_kiosk(code)
    require(may.rename_kiosk(person))
    form = KioskForm(obj=kiosk)
    if person and form.validate_on_submit():
        actions.rename_kiosk(kiosk, name=form.name.data or "", by=person)
        db.session.commit()
        return redirect(url_for("intake_desk.kiosks"))
    return render("intake_desk/rename_kiosk.html", form=form, kiosk=kiosk), 422 if form.errors else 200


@bp.route("/bornes/<code>/fermeture", methods=["POST"])
def close_kiosk(code: str) -> ResponseReturnValue:
    person, kiosk = me(), queries.open_kiosk(code)
    require(may.close_kiosk(person))
    if person:
        actions.close_kiosk(kiosk, by=person)
        db.session.commit()
        flash(_("The tablet is closed. Its address opens nothing any more."), "success")
    return redirect(url_for("intake_desk.kiosks"))


@bp.route("/mots-de-detresse", methods=["GET", "POST"])
def phrases() -> ResponseReturnValue:
    person = me()
    require(may.add_distress_phrase(person))
    form = PhraseForm()
    if person and form.validate_on_submit():
        actions.add_distress_phrase(phrase=form.phrase.data or "", by=person)
        db.session.commit()
        flash(_("The words are on the list."), "success")
        return redirect(url_for("intake_desk.phrases"))
    page = render("intake_desk/phrases.html", form=form, phrases=queries.phrases())
    return page, 422 if form.errors else 200


@bp.route("/mots-de-detresse/<int:phrase_id>/retrait", methods=["POST"])
def remove_phrase(phrase_id: int) -> ResponseReturnValue:
    person = me()
    require(may.remove_distress_phrase(person))
    if person:
        actions.remove_distress_phrase(queries.phrase(phrase_id), by=person)
        db.session.commit()
        flash(_("The words are off the list."), "success")
    return redirect(url_for("intake_desk.phrases"))


@bp.route("/messages-prives")
def complaints() -> ResponseReturnValue:
    require(may.read_complaints(me()))
    return render("intake_desk/complaints.html", complaints=queries.complaints(), read=None)


@bp.route("/messages-prives/<int:complaint_id>/lecture", methods=["POST"])
def read_complaint(complaint_id: int) -> ResponseReturnValue:
    """Shown on the page that answers, and the look is in the journal."""
    person = me()
    require(may.read_complaint(person))
    read = queries.complaint_by_id(complaint_id)
    if person:
        actions.read_complaint(read, by=person)
        db.session.commit()
    return render("intake_desk/complaints.html", complaints=queries.complaints(), read=read)


@bp.route("/messages-prives/<int:complaint_id>/fin", methods=["POST"])
def close_complaint(complaint_id: int) -> ResponseReturnValue:
    person = me()
    require(may.close_complaint(person))
    if person:
        actions.close_complaint(queries.complaint_by_id(complaint_id), by=person)
        db.session.commit()
        flash(_("It is dealt with. The message and the contact are erased."), "success")
    return redirect(url_for("intake_desk.complaints"))
