"""The team's page of people: who is there, who is invited, what may be changed."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import actions, queries
from engage.accounts import permissions as may
from engage.accounts.forms import EndForm, InviteForm, RoleForm, SlipForm, WithdrawForm
from engage.accounts.house import house
from engage.accounts.joining import actions as joining
from engage.accounts.joining import permissions as may_join
from engage.accounts.joining import queries as invitations
from engage.accounts.joining import slip
from engage.accounts.models import Account
from engage.accounts.session import me
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render

bp = Blueprint("people_desk", __name__, url_prefix="/equipe/personnes")


def _signed_in() -> Account:
    return me() or abort(403)


@bp.get("")
def index() -> ResponseReturnValue:
    who = _signed_in()
    require(may.see_people(who))
    return render(
        "people_desk/index.html",
        page=queries.everyone(request.args.get("page", 1, type=int)),
        invitations=invitations.all_open(),
        roles=may_join.roles(who),
    )


@bp.route("/inviter", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    """A link goes by mail; a slip shows its code here, this once."""
    who = _signed_in()
    require(bool(may_join.roles(who)))
    form = InviteForm()
    form.offer(may_join.roles(who))
    if form.validate_on_submit():
        require(may_join.invite(who, form.role.data))
        invitation, code = joining.invite(
            form.role.data, first_name=form.first_name.data or "", email=form.address, by=who
        )
        db.session.commit()
        if invitation.email is None:
            grouped = slip.grouped(code)
            return render("people_desk/slip.html", invitation=invitation, groups=grouped)
        flash(_("The invitation is on its way by e-mail."), "success")
        return redirect(url_for("people_desk.index"))
    return render("people_desk/invite.html", form=form), 422 if form.errors else 200


@bp.post("/inviter/bulletin")
def slip_pdf() -> ResponseReturnValue:
    """The slip on paper; only who has just seen its code can ask for it."""
    who = _signed_in()
    form = SlipForm()
    invitation = invitations.by_code(form.code.data or "") if form.validate() else None
    if invitation is None:
        abort(404)
    require(may_join.withdraw(who, invitation))
    pdf = slip.pdf(invitation, form.code.data or "", house(), lang=language())
    name = {"Content-Disposition": "inline; filename=invitation.pdf"}
    return Response(pdf, mimetype="application/pdf", headers=name)


@bp.post("/inviter/retirer")
def withdraw() -> ResponseReturnValue:
    who = _signed_in()
    form = WithdrawForm()
    invitation = invitations.get(form.invitation_id.data or 0 if form.validate() else 0)
    require(may_join.withdraw(who, invitation))
    joining.withdraw(invitation, by=who)
    db.session.commit()
    flash(_("The invitation is withdrawn."), "success")
    return redirect(url_for("people_desk.index"))


def _page(account: Account, *, contact: bool = False, status: int = 200) -> ResponseReturnValue:
    form = RoleForm(role=account.role)
    page = render(
        "people_desk/show.html", account=account, form=form, shows_contact=contact, may=may, who=_signed_in()
    )
    return page, status


@bp.get("/<uuid:actor>")
def show(actor: UUID) -> ResponseReturnValue:
    require(may.see_people(me()))
    return _page(queries.by_actor(actor))


@bp.route("/<uuid:actor>/contact", methods=["GET", "POST"])
def see_contact(actor: UUID) -> ResponseReturnValue:
    """Only asked for by a button; a link that leads back here, of the language for one, shows the person."""
    who = _signed_in()
    require(may.see_people(who))
    account = queries.by_actor(actor)
    if request.method == "GET":
        return redirect(url_for("people_desk.show", actor=actor))
    require(may.see_contact(who, account))
    actions.see_contact(account, by=who)
    db.session.commit()
    return _page(account, contact=True)


@bp.post("/<uuid:actor>/role")
def change_role(actor: UUID) -> ResponseReturnValue:
    who = _signed_in()
    require(may.see_people(who))
    account = queries.by_actor(actor)
    require(may.change_role(who, account))
    form = RoleForm()
    if not form.validate_on_submit():
        return _page(account, status=422)
    actions.change_role(account, form.role.data, by=who)
    db.session.commit()
    flash(_("The role is changed."), "success")
    return redirect(url_for("people_desk.index"))


@bp.post("/<uuid:actor>/deuxieme-cle")
def reset_second_factor(actor: UUID) -> ResponseReturnValue:
    who = _signed_in()
    require(may.see_people(who))
    account = queries.by_actor(actor)
    require(may.reset_second_factor(who, account))
    actions.reset_second_factor(account, by=who)
    db.session.commit()
    flash(_("The second key is reset. This person sets up a new one."), "success")
    return redirect(url_for("people_desk.show", actor=actor))


@bp.route("/<uuid:actor>/fin", methods=["GET", "POST"])
def end(actor: UUID) -> ResponseReturnValue:
    who = _signed_in()
    require(may.see_people(who))
    account = queries.by_actor(actor)
    require(may.end(who, account))
    form = EndForm()
    if form.validate_on_submit():
        actions.end(account, by=who)
        db.session.commit()
        flash(_("The account is ended."), "success")
        return redirect(url_for("people_desk.index"))
    return render("people_desk/end.html", account=account, form=form), 422 if form.errors else 200
