"""Coming into a group, and all that a member does about belonging to it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue

from engage.accounts.joining.actions import on_joining
from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.forms import options
from engage.core.guard import public, require
from engage.core.i18n import gettext as _
from engage.core.limits import limited
from engage.core.render import render
from engage.groups import queries as groups
from engage.groups.belonging import actions, joining, lasting, queries
from engage.groups.belonging import permissions as may
from engage.groups.belonging.forms import (
    AcceptForm,
    CodeForm,
    JoinForm,
    LeaveForm,
    PauseForm,
    RenewForm,
    WishForm,
)
from engage.groups.models import Membership
from engage.groups.words import AS_ONE, MEMBER_KINDS

on_joining(joining.bind)
bp = Blueprint("belonging", __name__, url_prefix="/groupes")


@bp.get("/invitation/<code>")
@public
def arrive(code: str) -> ResponseReturnValue:
    """Behind the link of a mail: a button. Nothing is looked up here, and mail scanners may come."""
    return render("belonging/enter.html", form=CodeForm(code=code), by_link=True)


@bp.route("/invitation", methods=["GET", "POST"])
@public
@limited("invitation")
def enter() -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        if queries.by_code(form.code.data or ""):
            browser["group_code"] = form.code.data
            return redirect(url_for("belonging.accept"))
        form.code.errors = [_("This code is not right. Please look at it again.")]
    return render("belonging/enter.html", form=form, by_link=False), 422 if form.errors else 200


@bp.route("/invitation/reponse", methods=["GET", "POST"])
@public
@limited("invitation")
def accept() -> ResponseReturnValue:
    """The invitation with its button; who has no account yet makes one first, and comes back here."""
    invitation = queries.by_code(browser.get("group_code", ""))
    if invitation is None:
        return redirect(url_for("belonging.enter"))
    account, form = me(), AcceptForm()
    if account is None or not form.is_submitted():
        return render(
            "belonging/accept.html", invitation=invitation, group=invitation.group, as_one=AS_ONE, form=form
        )
    member = actions.accept(invitation, account=account, wants_digest=form.wants_digest.data)
    db.session.commit()
    browser.pop("group_code")
    flash(_("Welcome! You belong to the group now."), "success")
    return redirect(url_for("space.inside", code=member.group.code))


@bp.post("/invitation/compte")
@public
@limited("invitation")
def make_account() -> ResponseReturnValue:
    """An account for who has none, made as all accounts are; then the invitation is open again."""
    invitation = queries.by_code(browser.get("group_code", ""))
    if invitation is None:
        return redirect(url_for("belonging.enter"))
    code = joining.open_account(invitation)
    db.session.commit()
    browser["next"] = url_for("belonging.accept")
    return redirect(url_for("joining.arrive", code=code))


@bp.post("/<code>/entree")
def join(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    if groups.membership(me(), group):
        return redirect(url_for("space.inside", code=code))
    form = JoinForm()
    form.side.choices = options(joining.sides(owner(), group))
    require(may.join(me(), group))
    if not form.validate_on_submit():
        flash(_("Please say as whom you come."), "error")
        return redirect(url_for("space.show", code=code))
    actions.join(group, form.side.data, by=owner(), wants_digest=form.wants_digest.data)
    db.session.commit()
    flash(_("Welcome! You belong to the group now."), "success")
    return redirect(url_for("space.inside", code=code))


def _mine(code: str) -> Membership:
    """My membership of this group, else 403."""
    return groups.membership(me(), groups.get(me(), code)) or abort(403)


@bp.get("/<code>/ma-place")
def mine(code: str) -> ResponseReturnValue:
    """My place in the group: duty, mandate, wishes, a break, the way out."""
    member = _mine(code)
    return _page(member)


def _page(member: Membership, form: WishForm | None = None, status: int = 200) -> ResponseReturnValue:
    wishes, pause, renewal = queries.around(member)
    page = render(
        "belonging/mine.html", group=member.group, member=member, form=form or WishForm(obj=wishes),
        leave_form=LeaveForm(), pause_form=PauseForm(), pause=pause, kinds=MEMBER_KINDS, as_one=AS_ONE,
        renewal=renewal,
    )  # fmt: skip
    return page, status


@bp.post("/<code>/souhaits")
def choose(code: str) -> ResponseReturnValue:
    member = _mine(code)
    require(may.choose(me(), member))
    form = WishForm()
    if not form.validate_on_submit():
        return _page(member, form, 422)
    lasting.choose(member, **form.values, by=owner())
    db.session.commit()
    flash(_("Your wishes are noted."), "success")
    return redirect(url_for("belonging.mine", code=code))


@bp.post("/<code>/pause")
def pause(code: str) -> ResponseReturnValue:
    member = _mine(code)
    require(may.pause(me(), member))
    form = PauseForm()
    if not form.validate_on_submit():
        flash(_("Please give a date."), "error")
        return redirect(url_for("belonging.mine", code=code))
    lasting.pause(member, form.until.data, by=owner())
    db.session.commit()
    flash(_("Have a good break. We send you nothing meanwhile."), "success")
    return redirect(url_for("belonging.mine", code=code))


@bp.post("/<code>/retour")
def come_back(code: str) -> ResponseReturnValue:
    member = _mine(code)
    require(may.come_back(me(), member))
    lasting.come_back(member, by=owner())
    db.session.commit()
    flash(_("Good to have you back!"), "success")
    return redirect(url_for("belonging.mine", code=code))


@bp.post("/<code>/depart")
def leave(code: str) -> ResponseReturnValue:
    """In one press, without a reason; a second press finds it done."""
    member = queries.latest(owner(), code)
    require(may.end(me(), member))
    form = LeaveForm()
    said = (form.why.data or "") if form.validate_on_submit() else ""
    actions.end(member, by=owner(), why=said)
    db.session.commit()
    flash(_("You have left the group. Thank you for all you gave."), "success")
    return redirect(url_for("space.index"))


@bp.route("/<code>/renouvellement", methods=["GET", "POST"])
def renew(code: str) -> ResponseReturnValue:
    member = _mine(code)
    renewal = queries.renewal(member)
    if renewal is None:
        return redirect(url_for("belonging.mine", code=code))
    require(may.answer(me(), member))
    form = RenewForm()
    if not form.validate_on_submit():
        page = render("belonging/renew.html", group=member.group, member=member, renewal=renewal, form=form)
        return page, 422 if form.errors else 200
    lasting.answer(renewal, form.goes_on.data == "yes", by=owner())
    db.session.commit()
    flash(_("Your answer is noted. Thank you!"), "success")
    return redirect(url_for("belonging.mine", code=code))
