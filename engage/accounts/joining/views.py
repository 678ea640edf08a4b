"""An invitation is opened: by link or by the code of a slip, never by a GET alone."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, redirect, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue

from engage.accounts import session
from engage.accounts.forms import CodeForm
from engage.accounts.joining import actions, queries
from engage.accounts.joining.forms import EnterForm, JoinBySlipForm, JoinForm
from engage.accounts.models import Invitation, email_digest
from engage.accounts.signing import actions as signing
from engage.core import limits
from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.limits import limited
from engage.core.render import render

bp = Blueprint("joining", __name__, url_prefix="/connexion/invitation")


@bp.get("/<code>")
@public
def arrive(code: str) -> ResponseReturnValue:
    """Behind the link of a mail: a button. Nothing is looked up here, and mail scanners may come."""
    return render("accounts/invitation.html", form=EnterForm(code=code), by_link=True)


@bp.route("", methods=["GET", "POST"])
@public
@limited("invitation")
def enter() -> ResponseReturnValue:
    form = EnterForm()
    if form.validate_on_submit():
        invitation = queries.by_code(form.code.data or "")
        if invitation is not None:
            browser["invited"] = {"id": invitation.id, "by_slip": invitation.email is None}
            return redirect(url_for("joining.join"))
        form.code.errors = [_("This code is not right, has served already, or is more than 14 days old.")]
    return render("accounts/invitation.html", form=form, by_link=False), 422 if form.errors else 200


@bp.route("/compte", methods=["GET", "POST"])
@public
@limited("invitation")
def join() -> ResponseReturnValue:
    invited = browser.get("invited")
    if invited is None:
        return redirect(url_for("joining.enter"))
    form = JoinBySlipForm() if invited["by_slip"] else JoinForm()
    if form.validate_on_submit() and isinstance(form, JoinBySlipForm):
        return _prove_address(invited, form.values)
    invitation = queries.by_id(invited["id"])
    if invitation is None:
        return redirect(url_for("joining.enter"))
    if form.validate_on_submit():
        return _accept(invitation, form.values | {"email": invitation.email})
    if not form.is_submitted():
        form.first_name.data = invitation.first_name
    page = render("accounts/join.html", form=form, invitation=invitation)
    return page, 422 if form.errors else 200


def _prove_address(invited: dict[str, Any], person: dict[str, Any]) -> ResponseReturnValue:
    limits.spend("sign_in_mail", email_digest(person["email"]))
    pending = secrets.token_urlsafe(24)
    browser["invited"] = invited | {"person": person, "pending": pending}
    signing.send_address_code(person["email"], browser=pending)
    db.session.commit()
    return redirect(url_for("joining.confirm"))


@bp.route("/code", methods=["GET", "POST"])
@public
def confirm() -> ResponseReturnValue:
    """The address given with a slip is proved by the code mailed to it."""
    invited = browser.get("invited")
    if invited is None or "pending" not in invited:
        return redirect(url_for("joining.enter"))
    person = invited["person"]
    form = CodeForm()
    if form.validate_on_submit():
        may_try = signing.count_try(invited["pending"])
        proved = signing.use_code(form.code.data or "", browser=invited["pending"]) if may_try else None
        invitation = queries.by_id(invited["id"])
        if invitation is not None and proved == email_digest(person["email"]):
            return _accept(invitation, person)
        form.code.errors = [_("This code is not right, or no longer works. Check it, or ask for a new one.")]
    page = render("accounts/confirm.html", form=form, email=person["email"], back=url_for("joining.join"))
    return page, 422 if form.errors else 200


def _accept(invitation: Invitation, person: dict[str, Any]) -> ResponseReturnValue:
    account = actions.accept(invitation, **person, language=language())
    session.begin(account, second_factor=False)
    db.session.commit()
    return redirect(session.onward())
