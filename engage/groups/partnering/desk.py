"""Coordination's page of partner patients: what waits, what the year gave, each file."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import queries as accounts
from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups.partnering import actions, listing, queries, words
from engage.groups.partnering import permissions as may
from engage.groups.partnering.forms import AgreementForm, ConfirmForm
from engage.groups.partnering.spending import queries as spending

bp = Blueprint("partnering_desk", __name__, url_prefix="/equipe/partenaires")


def _year() -> int:
    """The one that is asked for, else this one."""
    asked, this = request.args.get("annee", type=int), centre_today().year
    return asked if asked and queries.FIRST_YEAR <= asked <= this else this


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_files(me()))
    year, this = _year(), centre_today().year
    return render(
        "partnering_desk/index.html", year=year, years=range(this, this - 4, -1), words=words,
        lines=listing.everybody(year), missions=listing.to_confirm(), seen=actions.seen,
        expenses=spending.to_do(), who=owner(),
    )  # fmt: skip


@bp.route("/<uuid:actor>")
def show(actor: UUID) -> ResponseReturnValue:
    require(may.see_files(me()))
    number = _year()
    account, held = queries.held_by(actor, number)
    return render(
        "partnering_desk/show.html", account=account, held=held, words=words,
        year=queries.year(account, number), may_agree=may.agree(me(), account),
    )  # fmt: skip


@bp.route("/<uuid:actor>/accord", methods=["GET", "POST"])
def agree(actor: UUID) -> ResponseReturnValue:
    account = accounts.by_actor(actor)
    require(may.agree(me(), account))
    file = queries.file(account) or queries.blank(account)
    form = AgreementForm(obj=file)
    if not form.is_submitted():
        form.ceiling.data = words.typed(file.ceiling)
    if form.validate_on_submit():
        actions.agree(account, **form.values, by=owner())
        db.session.commit()
        flash(_("It is noted."), "success")
        return redirect(url_for("partnering_desk.show", actor=actor))
    return render("partnering_desk/agreement.html", form=form, account=account), 422 if form.errors else 200


@bp.post("/missions/<code>/confirmation")
def confirm(code: str) -> ResponseReturnValue:
    require(may.see_files(me()))
    mission, form = queries.mission(code), ConfirmForm()
    require(may.confirm(me(), mission.account_id))
    actions.confirm(mission, saw=form.saw.data or "", by=owner())
    db.session.commit()
    flash(_("It is confirmed."), "success")
    return redirect(url_for("partnering_desk.index"))


@bp.post("/missions/<code>/annulation")
def unconfirm(code: str) -> ResponseReturnValue:
    require(may.see_files(me()))
    mission = queries.mission(code)
    require(may.unconfirm(me(), mission.account_id))
    actions.unconfirm(mission, by=owner())
    db.session.commit()
    flash(_("It waits for a confirmation again."), "success")
    return redirect(url_for("partnering_desk.index"))
