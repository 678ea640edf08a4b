"""The way in and out: a code by mail or a password, then perhaps a second factor."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask import session as browser
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from engage.accounts import actions, parking, queries, session
from engage.accounts.factors import passkeys
from engage.accounts.forms import CodeForm, SignInForm
from engage.accounts.house import settings
from engage.accounts.models import Account, email_digest
from engage.accounts.signing import actions as signing
from engage.core import limits
from engage.core.config import Settings
from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.limits import limited
from engage.core.render import render

bp = Blueprint("accounts", __name__, url_prefix="/connexion")


def go_on(account: Account) -> ResponseReturnValue:
    """After the first proof: the second one, or in. Commits."""
    needs_more = queries.has_second_factor(account)
    if needs_more:
        session.hold(account)
    else:
        session.begin(account, second_factor=False)
    db.session.commit()
    return redirect(url_for("security.second") if needs_more else session.onward())


@bp.route("", methods=["GET", "POST"])
@public
@limited("sign_in")
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        return _with_password(form) if form.password.data else _ask_code(form.email.data or "")
    if request.method == "GET":
        browser["next"] = session.own_path(request.args.get("next"))
        if session.here() is not None:
            return redirect(session.onward())
    return _sign_in_page(form)


def _sign_in_page(form: SignInForm) -> ResponseReturnValue:
    """The same page for everybody, with a new question for the keys that phones and computers hold."""
    page = render(
        "accounts/sign_in.html",
        form=form,
        options=passkeys.ask(),
        people=queries.demo_people() if settings().demo else {},
    )
    return page, 422 if form.errors else 200


def _ask_code(email: str) -> ResponseReturnValue:
    limits.spend("sign_in_mail", email_digest(email))
    browser["pending"] = {"id": secrets.token_urlsafe(24), "email": email}
    signing.send_code(email, browser=browser["pending"]["id"])
    db.session.commit()
    return redirect(url_for("accounts.code"))


def _with_password(form: SignInForm) -> ResponseReturnValue:
    email, password = form.email.data or "", form.password.data or ""
    limits.spend("password", email_digest(email))
    account = signing.check_password(email, password)
    if account is None:
        form.password.errors = [_("This address and this password do not go together.")]
        return _sign_in_page(form)
    return go_on(account)


@bp.route("/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """Tries are counted before the unit of work opens: a rollback forgives none."""
    pending = browser.get("pending")
    if pending is None:
        return redirect(url_for("accounts.sign_in"))
    form = CodeForm()
    if form.validate_on_submit():
        may_try = signing.count_try(pending["id"])
        address = signing.use_code(form.code.data or "", browser=pending["id"]) if may_try else None
        account = queries.by_digest(address) if address else None
        if account is not None:
            browser.pop("pending")
            return go_on(account)
        form.code.errors = [_("This code is not right, or no longer works. Check it, or ask for a new one.")]
    return render("accounts/code.html", form=form, email=pending["email"]), 422 if form.errors else 200


@bp.post("/fin")
@public
def sign_out() -> ResponseReturnValue:
    session.end()
    db.session.commit()
    flash(_("You are signed out."), "success")
    return redirect(url_for("home.index"))


@bp.get("/suite")
@session.during_setup
def onward() -> ResponseReturnValue:
    """Where the person was going before they had to prove who they are."""
    return redirect(session.onward())


@bp.get("/reprendre")
def resume() -> ResponseReturnValue:
    """What the person was writing when their session ended, ready to be sent again."""
    account = session.me() or abort(404)
    row = queries.parked(browser.get("parked", ""), account)
    if row is None:
        browser.pop("parked", None)
        return redirect(session.onward())
    return render("accounts/resume.html", parked=parking.unpacked(row))


@bp.post("/reprendre/effacer")
def drop_parked() -> ResponseReturnValue:
    account = session.me() or abort(404)
    actions.drop_parked(browser.pop("parked", ""), account)
    db.session.commit()
    flash(_("It is erased."), "success")
    return redirect(session.onward())


def demo() -> ResponseReturnValue:
    account = queries.demo_people().get(request.form.get("person", "")) or abort(404)
    session.begin(account, second_factor=True)
    db.session.commit()
    return redirect(session.onward())


@bp.record_once
def _demo_only(state: BlueprintSetupState) -> None:
    """Outside demo mode this address does not exist."""
    settings: Settings = state.app.extensions["engage_settings"]
    if settings.demo:
        state.add_url_rule("/demo", "demo", public(demo), methods=["POST"])
