"""Réglages: who we are, how we work, who is there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import queries as accounts
from engage.accounts.session import me
from engage.centre import actions, forms, queries
from engage.centre import permissions as may
from engage.centre.models import WayOut
from engage.core.db import db
from engage.core.forms import Form
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.uploads import actions as uploads

bp = Blueprint("centre_desk", __name__, url_prefix="/equipe/reglages")

SECTIONS: dict[str, type[Form]] = {
    "identite": forms.IdentityForm,
    "couleurs": forms.LookForm,
    "promesses": forms.PromiseForm,
    "mentions": forms.LegalForm,
    "accessibilite": forms.AuditForm,
}


def titles() -> dict[str, str]:
    return {
        "identite": _("Name, address, hours"),
        "couleurs": _("Logo and colours"),
        "promesses": _("What we promise"),
        "mentions": _("Legal notice"),
        "accessibilite": _("Accessibility"),
    }


def _page(form: Form, title: str, *, intro: str = "", multipart: bool = False) -> ResponseReturnValue:
    page = render("centre_desk/form.html", form=form, title=title, intro=intro, multipart=multipart)
    return page, 422 if form.errors else 200


def _saved() -> ResponseReturnValue:
    db.session.commit()
    flash(_("It is saved."), "success")
    return redirect(url_for("centre_desk.index"))


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.edit(me()))
    return render("centre_desk/index.html", titles=titles(), ways_out=list(WayOut))


@bp.route("/<section>", methods=["GET", "POST"])
def edit(section: str) -> ResponseReturnValue:
    who = me()
    require(may.edit(who))
    if section not in SECTIONS:
        abort(404)
    centre = queries.editable()
    form = SECTIONS[section](obj=centre)
    if form.validate_on_submit() and who:
        facts = form.values
        if "logo" in facts:
            photo = facts.pop("logo")
            facts |= {"logo": uploads.keep(photo, alt=centre.name)} if photo else {}
        actions.edit(centre, **facts, by=who)
        return _saved()
    return _page(form, titles()[section], multipart="logo" in form)


def _referent_form(**kwargs: Any) -> forms.ReferentForm:
    form = forms.ReferentForm(**kwargs)
    form.offer([(account.id, account.full_name) for account in accounts.staff()])
    return form


@bp.route("/referents")
def referents() -> ResponseReturnValue:
    require(may.edit(me()))
    return render("centre_desk/referents.html", referents=queries.referents())


@bp.route("/referents/nouveau", methods=["GET", "POST"])
def add_referent() -> ResponseReturnValue:
    who = me()
    require(may.add_referent(who))
    form = _referent_form()
    if form.validate_on_submit() and who:
        facts = form.values
        photo = facts.pop("photo")
        kept = uploads.keep(photo, alt=facts["first_name"]) if photo else None
        actions.add_referent(photo=kept, **facts, by=who)
        return _saved()
    return _page(form, _("Add a person to turn to"), multipart=True)


@bp.route("/referents/<int:row_id>", methods=["GET", "POST"])
def edit_referent(row_id: int) -> ResponseReturnValue:
    who = me()
    require(may.edit_referent(who))
    referent = queries.referent_by_id(row_id)
    form = _referent_form(obj=referent)
    if form.validate_on_submit() and who:
        facts = form.values
        photo = facts.pop("photo")
        kept = uploads.keep(photo, alt=facts["first_name"]) if photo else None
        actions.edit_referent(referent, photo=kept, **facts, by=who)
        return _saved()
    return _page(form, referent.first_name, multipart=True)


@bp.route("/referents/<int:row_id>/retrait", methods=["POST"])
def remove_referent(row_id: int) -> ResponseReturnValue:
    who = me()
    require(may.remove_referent(who))
    if who:
        actions.remove_referent(queries.referent_by_id(row_id), by=who)
    return _saved()


@bp.route("/fermetures", methods=["GET", "POST"])
def close_between() -> ResponseReturnValue:
    who = me()
    require(may.close_between(who))
    form = forms.ClosingForm()
    if form.validate_on_submit() and who:
        actions.close_between(**form.values, by=who)
        return _saved()
    days = queries.closing_days(queries.centre_today())
    return render("centre_desk/closing.html", form=form, days=days), 422 if form.errors else 200


@bp.route("/fermetures/<int:row_id>/retrait", methods=["POST"])
def reopen(row_id: int) -> ResponseReturnValue:
    who = me()
    require(may.reopen(who))
    if who:
        actions.reopen(queries.closing_day(row_id), by=who)
    return _saved()


@bp.route("/noms", methods=["GET", "POST"])
def name_staff() -> ResponseReturnValue:
    who = me()
    require(may.name_staff(who))
    form = forms.StaffNameForm()
    if form.validate_on_submit() and who:
        actions.name_staff(queries.staff_names(), **form.values, by=who)
        return _saved()
    page = render("centre_desk/names.html", form=form, names=queries.staff_name_rows())
    return page, 422 if form.errors else 200


@bp.route("/noms/<int:row_id>/retrait", methods=["POST"])
def forget_staff(row_id: int) -> ResponseReturnValue:
    who = me()
    require(may.forget_staff(who))
    if who:
        actions.forget_staff(queries.staff_name(row_id), by=who)
    return _saved()


@bp.route("/recours/<kind>", methods=["GET", "POST"])
def give_contact(kind: str) -> ResponseReturnValue:
    who = me()
    require(may.give_contact(who))
    if kind not in set(WayOut):
        abort(404)
    way = WayOut(kind)
    contact = queries.contact(way)
    form = forms.ContactForm(obj=contact)
    if form.validate_on_submit() and who:
        actions.give_contact(way, contact, **form.values, by=who)
        return _saved()
    titles = {WayOut.MEDIATOR: _("The mediator"), WayOut.REPRESENTATIVES: _("The patients’ representatives")}
    return _page(form, titles[way])
