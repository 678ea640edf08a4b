"""Who belongs to a group, at the desk: invite, add, give a duty, write down a break, end, close."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render
from engage.groups import permissions as may_see
from engage.groups import queries as groups
from engage.groups.belonging import actions, asking, lasting, queries, slip
from engage.groups.belonging import permissions as may
from engage.groups.belonging.forms import (
    CodeForm,
    DutyForm,
    InviteForm,
    LeaveForm,
    PaperForm,
    PauseForm,
    RenewForm,
    WishForm,
    WithdrawForm,
)
from engage.groups.models import Group, Membership
from engage.groups.words import AS_ONE, MEMBER_KINDS, SIDES

bp = Blueprint("belonging_desk", __name__, url_prefix="/equipe/groupes/<code>")
WORDS = {"as_one": AS_ONE, "member_kinds": MEMBER_KINDS, "sides": SIDES}


def _group(code: str) -> Group:
    require(may_see.see_desk(me()))
    return groups.get(me(), code)


def _members(group: Group) -> list[tuple[int, str]]:
    """For whom a substitute may stand in."""
    return [(one.id, one.account.full_name) for one in groups.members(group) if one.account]


@bp.route("/inviter", methods=["GET", "POST"])
def invite(code: str) -> ResponseReturnValue:
    """Somebody found by name; without an e-mail address the code is shown here, this once, with its slip."""
    group = _group(code)
    require(may.invite(me(), group))
    is_sent = "side" in request.form  # else a name is looked for: posted, never part of an address
    form = InviteForm(request.form if is_sent else None, mandate_ends_on=queries.first_mandate(group))
    asked = request.form.get("q", "")
    people = asking.look(asked, request.form.get("whom", ""), by=owner())
    form.offer([(one.key, one.words) for one in people])
    form.offer_members(_members(group))
    if not is_sent or not form.validate_on_submit():
        page = render("belonging/invite.html", form=form, group=group, people=people, q=asked)
        db.session.commit()
        return page, 422 if form.errors else 200
    invitation, plain = actions.invite(group, **asking.wanted(form.values), by=owner())
    db.session.commit()
    if asking.is_mailed(invitation):
        flash(_("The invitation is on its way by e-mail."), "success")
        return redirect(url_for("group_desk.show", code=code))
    return render("belonging/slip.html", group=group, invitation=invitation, groups=slip.grouped(plain))


@bp.post("/invitation/bulletin")
def slip_pdf(code: str) -> ResponseReturnValue:
    """The slip on paper; only who has just seen its code can ask for it."""
    group = _group(code)
    require(may.invite(me(), group))
    form = CodeForm()
    invitation = queries.by_code(form.code.data or "") if form.validate() else None
    if invitation is None or invitation.group_id != group.id:
        abort(404)
    pdf = slip.pdf(invitation, form.code.data or "", lang=language())
    name = {"Content-Disposition": "inline; filename=invitation.pdf"}
    return Response(pdf, mimetype="application/pdf", headers=name)


@bp.post("/invitation/retrait")
def withdraw(code: str) -> ResponseReturnValue:
    group = _group(code)
    require(may.withdraw(me(), group))
    form = WithdrawForm()
    invitation = queries.invitation(group, form.invitation_id.data or 0 if form.validate() else 0)
    actions.withdraw(invitation, by=owner())
    db.session.commit()
    flash(_("The invitation is withdrawn."), "success")
    return redirect(url_for("group_desk.show", code=code))


@bp.route("/sans-e-mail", methods=["GET", "POST"])
def enter(code: str) -> ResponseReturnValue:
    group = _group(code)
    require(may.enter(me(), group))
    form = PaperForm(mandate_ends_on=queries.first_mandate(group))
    if not form.validate_on_submit():
        return render("belonging/paper.html", form=form, group=group), 422 if form.errors else 200
    member = actions.enter(group, **form.values, by=owner())
    db.session.commit()
    flash(_("This person belongs to the group now."), "success")
    return redirect(url_for("belonging_desk.show", code=code, member=member.code))


@bp.get("/historique")
def history(code: str) -> ResponseReturnValue:
    group = _group(code)
    return render("belonging/history.html", group=group, history=queries.history(group), **WORDS)


@bp.get("/membres/<member>")
def show(code: str, member: str) -> ResponseReturnValue:
    held = queries.membership(_group(code), member)
    return _page(held, DutyForm(kind=held.kind, substitute_for=held.substitute_for_id))


def _page(
    member: Membership, form: DutyForm, wish: WishForm | None = None, status: int = 200,
    pause: PauseForm | None = None,
) -> ResponseReturnValue:  # fmt: skip
    others = [one for one in _members(member.group) if one[0] != member.id]
    form.offer_members(others)
    wishes, paused, renewal = queries.around(member)
    page = render(
        "belonging/member.html", group=member.group, member=member, form=form, leave_form=LeaveForm(),
        pause_form=pause or PauseForm(formdata=None),
        wish_form=wish or WishForm.without_address(wishes),
        pause=paused, renewal=renewal, stands_in=dict(others),
        may=may, **WORDS,
    )  # fmt: skip
    return page, status


def _saved(member: Membership) -> ResponseReturnValue:
    db.session.commit()
    flash(_("It is saved."), "success")
    return redirect(url_for("belonging_desk.show", code=member.group.code, member=member.code))


@bp.post("/membres/<member>/role")
def change(code: str, member: str) -> ResponseReturnValue:
    held = queries.membership(_group(code), member)
    require(may.change(me(), held))
    form = DutyForm()
    form.offer_members(_members(held.group))
    if not form.validate_on_submit():
        return _page(held, form, status=422)
    stands_in = queries.by_id(form.substitute_for.data)
    return _saved(lasting.change(held, form.kind.data, substitute_for=stands_in, by=owner()))


@bp.post("/membres/<member>/souhaits")
def choose(code: str, member: str) -> ResponseReturnValue:
    held = queries.membership(_group(code), member)
    require(may.choose(me(), held))
    form = WishForm.without_address(queries.wish(held))
    if not form.validate_on_submit():
        return _page(held, DutyForm(kind=held.kind), form, 422)
    lasting.choose(held, **form.values, by=owner())
    return _saved(held)


@bp.post("/membres/<member>/pause")
def pause(code: str, member: str) -> ResponseReturnValue:
    held = queries.membership(_group(code), member)
    require(may.pause(me(), held))
    form = PauseForm()
    if not form.validate_on_submit():
        duty = DutyForm(formdata=None, kind=held.kind, substitute_for=held.substitute_for_id)
        return _page(held, duty, status=422, pause=form)
    lasting.pause(held, form.until.data, by=owner())
    return _saved(held)


@bp.post("/membres/<member>/retour")
def come_back(code: str, member: str) -> ResponseReturnValue:
    held = queries.membership(_group(code), member)
    require(may.come_back(me(), held))
    lasting.come_back(held, by=owner())
    return _saved(held)


@bp.post("/membres/<member>/renouvellement")
def renew(code: str, member: str) -> ResponseReturnValue:
    """What they said on the phone."""
    held = queries.membership(_group(code), member)
    require(may.answer(me(), held))
    renewal, form = queries.renewal(held), RenewForm()
    if renewal is None or not form.validate_on_submit():
        return redirect(url_for("belonging_desk.show", code=code, member=member))
    return _saved(lasting.answer(renewal, form.goes_on.data == "yes", by=owner()))


@bp.post("/membres/<member>/fin")
def end(code: str, member: str) -> ResponseReturnValue:
    held = queries.membership(_group(code), member)
    require(may.end(me(), held))
    form = LeaveForm()
    actions.end(held, why=(form.why.data or "") if form.validate_on_submit() else "", by=owner())
    db.session.commit()
    flash(_("This person no longer belongs to the group."), "success")
    return redirect(url_for("group_desk.show", code=code))


@bp.route("/fin", methods=["GET", "POST"])
def close(code: str) -> ResponseReturnValue:
    group = _group(code)
    require(may.close(me(), group))
    if request.method == "GET":
        return render("belonging/close.html", group=group, members=groups.members(group))
    actions.close(group, by=owner())
    db.session.commit()
    flash(_("The group is closed. Its members are thanked."), "success")
    return redirect(url_for("group_desk.show", code=code))
