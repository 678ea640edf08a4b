"""Changing my e-mail address: the new one is proved by a code before the old one is let go."""

from __future__ import annotations

import secrets

from flask import Blueprint, flash, redirect, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue

from engage.accounts import session
from engage.accounts.address import actions
from engage.accounts.address.forms import AddressForm
from engage.accounts.factors import queries as factors
from engage.accounts.forms import CodeForm
from engage.accounts.models import email_digest
from engage.accounts.signing import actions as signing
from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.limits import limited
from engage.core.render import render

bp = Blueprint("address", __name__, url_prefix="/connexion/adresse")


def _to() -> str:
    return email_digest(request.form.get("email", ""))


@bp.route("", methods=["GET", "POST"])
@limited("sign_in_mail", _to)
def change() -> ResponseReturnValue:
    if not factors.is_fresh(session.present()):
        return redirect(url_for("security.prove", next=url_for("address.change")))
    form = AddressForm()
    if form.validate_on_submit():
        email, pending = form.email.data or "", secrets.token_urlsafe(24)
        browser["address"] = {"account": session.owner().id, "email": email, "pending": pending}
        signing.send_address_code(email, browser=pending)
        db.session.commit()
        return redirect(url_for("address.confirm"))
    return render("accounts/address.html", form=form), 422 if form.errors else 200


@bp.route("/code", methods=["GET", "POST"])
@public
def confirm() -> ResponseReturnValue:
    """Open, since a try is counted before anybody is asked who they are; then for who asked alone."""
    asked = browser.get("address")
    if asked is None:
        return redirect(url_for("address.change"))
    form = CodeForm()
    may_try = form.validate_on_submit() and signing.count_try(asked["pending"])
    account = session.me()
    if account is None or asked["account"] != account.id:
        return redirect(url_for("address.change"))
    if form.is_submitted() and not form.errors:
        proved = signing.use_code(form.code.data or "", browser=asked["pending"]) if may_try else None
        if proved == email_digest(asked["email"]):
            actions.change(account, asked["email"])
            db.session.commit()
            browser.pop("address")
            flash(_("Your address is changed. Sign in with it from now on."), "success")
            return redirect(url_for("security.index"))
        form.code.errors = [_("This code is not right, or no longer works. Check it, or ask for a new one.")]
    page = render("accounts/confirm.html", form=form, email=asked["email"], back=url_for("address.change"))
    return page, 422 if form.errors else 200
