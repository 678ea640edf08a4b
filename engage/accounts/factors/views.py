"""Second factors and the password: shown at sign-in, and kept by their owner under "my security"."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue

from engage.accounts import queries as accounts
from engage.accounts import session
from engage.accounts.factors import actions, passkeys, queries, totp
from engage.accounts.factors.forms import AppForm, DropKeyForm, KeyForm, NewKeyForm, PasswordForm, ProofForm
from engage.accounts.house import house
from engage.accounts.models import Account
from engage.core import keys, qr
from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.limits import address, limited
from engage.core.render import render

bp = Blueprint("security", __name__, url_prefix="/connexion")


def _whose() -> str:
    """Tries at a second factor are counted for a person, wherever they come from."""
    return f"account {session.half_way() or browser.get('account') or address()}"


def _proof_page(form: ProofForm, account: Account, *, again: bool) -> ResponseReturnValue:
    held = queries.passkeys(account)
    options = passkeys.ask(held) if held else ""
    page = render("accounts/proof.html", form=form, account=account, options=options, again=again)
    return page, 422 if form.errors else 200


@bp.post("/cle")
@public
@limited("sign_in")
def passkey() -> ResponseReturnValue:
    """Sign in without a name: the key says whose it is, and the device checked who holds it."""
    form = KeyForm()
    key = actions.answered(form.credential.data or "") if form.validate_on_submit() else None
    account = accounts.by_id(key.account_id) if key else None
    if account is None or not account.is_active:
        flash(_("This key was not recognised. Try again, or ask for a code."), "error")
        return redirect(url_for("accounts.sign_in", next=browser.get("next")))
    session.begin(account, second_factor=True)
    db.session.commit()
    return redirect(session.onward())


@bp.route("/deuxieme-cle", methods=["GET", "POST"])
@public
@limited("second_factor", _whose)
def second() -> ResponseReturnValue:
    account = accounts.by_id(session.half_way() or 0)
    if account is None or not account.is_active:
        return redirect(url_for("accounts.sign_in"))
    form = ProofForm()
    if form.validate_on_submit():
        if actions.prove(account, **form.values):
            session.begin(account, second_factor=True)
            db.session.commit()
            return redirect(session.onward())
        form.code.errors = [_("This code is not right, or has served already.")]
    return _proof_page(form, account, again=False)


@bp.route("/preuve", methods=["GET", "POST"])
@session.during_setup
@limited("second_factor", _whose)
def prove() -> ResponseReturnValue:
    """Before something grave, the second factor again; who has none signs in again."""
    row = session.present()
    back = session.own_path(request.args.get("next")) or url_for("security.index")
    form = ProofForm()
    if form.validate_on_submit():
        if actions.prove(row.account, **form.values):
            actions.note_proof(row)
            db.session.commit()
            return redirect(back)
        form.code.errors = [_("This code is not right, or has served already.")]
    if not accounts.has_second_factor(row.account):
        return render("accounts/sign_in_again.html", back=back)
    return _proof_page(form, row.account, again=True)


@bp.post("/encore")
@session.during_setup
def again() -> ResponseReturnValue:
    """Out, and in again by the first proof."""
    back = session.own_path(request.form.get("back"))
    session.end()
    db.session.commit()
    return redirect(url_for("accounts.sign_in", next=back))


def _proof_first(back: str) -> ResponseReturnValue | None:
    return None if queries.is_fresh(session.present()) else redirect(url_for("security.prove", next=back))


def _set_up(codes: list[str]) -> ResponseReturnValue:
    """The recovery codes of a first second factor, shown this once; else back to the list."""
    if codes:
        return render("accounts/recovery.html", codes=codes)
    flash(_("It is added."), "success")
    return redirect(url_for("security.index"))


@bp.get("/securite")
@session.during_setup
def index() -> ResponseReturnValue:
    row = session.present()
    return render(
        "accounts/security.html",
        account=row.account,
        is_whole=session.is_whole(row),
        keys=queries.passkeys(row.account),
        recovery_left=queries.recovery_left(row.account),
        passkeys_possible=passkeys.are_possible(),
    )


@bp.route("/securite/application", methods=["GET", "POST"])
@session.during_setup
def app_code() -> ResponseReturnValue:
    if away := _proof_first(url_for("security.app_code")):
        return away
    row = session.present()
    secret = keys.decrypt(browser.setdefault("app", keys.encrypt(totp.new_secret())))
    form = AppForm()
    if form.validate_on_submit():
        codes = actions.add_totp(row.account, secret, form.code.data or "", where=row)
        if codes is not None:
            browser.pop("app")
            db.session.commit()
            return _set_up(codes)
        form.code.errors = [_("This is not the code of the moment. Wait for the next one and write it here.")]
    held = totp.address(row.account, secret, issuer=house().name)
    picture = qr.svg(held, label=_("Code to scan with the app"))
    return render(
        "accounts/app_code.html", form=form, picture=picture, secret=secret
    ), 422 if form.errors else 200


@bp.post("/securite/application/fin")
def drop_app() -> ResponseReturnValue:
    if away := _proof_first(url_for("security.index")):
        return away
    actions.drop_totp(session.owner())
    db.session.commit()
    flash(_("The app is no longer asked for."), "success")
    return redirect(url_for("security.index"))


@bp.route("/securite/cle", methods=["GET", "POST"])
@session.during_setup
def new_key() -> ResponseReturnValue:
    if away := _proof_first(url_for("security.new_key")):
        return away
    row = session.present()
    form = NewKeyForm()
    if form.validate_on_submit():
        codes = actions.add_passkey(row.account, **form.values, where=row)
        if codes is not None:
            db.session.commit()
            return _set_up(codes)
        form.name.errors = [_("The device made no key. Please try again.")]
    options = passkeys.ask_to_make(row.account, queries.passkeys(row.account))
    return render("accounts/new_key.html", form=form, options=options), 422 if form.errors else 200


@bp.post("/securite/cle/fin")
def drop_key() -> ResponseReturnValue:
    if away := _proof_first(url_for("security.index")):
        return away
    account = session.owner()
    form = DropKeyForm()
    key = queries.passkey(account, form.key_id.data if form.validate() and form.key_id.data else 0)
    actions.drop_passkey(account, key)
    db.session.commit()
    flash(_("The key is removed."), "success")
    return redirect(url_for("security.index"))


@bp.route("/securite/secours", methods=["GET", "POST"])
def renew_recovery() -> ResponseReturnValue:
    """Codes are only made by a button; a link that leads back here, of the language for one, makes none."""
    if request.method == "GET":
        return redirect(url_for("security.index"))
    if away := _proof_first(url_for("security.index")):
        return away
    codes = actions.renew_recovery(session.owner())
    db.session.commit()
    return render("accounts/recovery.html", codes=codes)


@bp.route("/securite/mot-de-passe", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    if away := _proof_first(url_for("security.password")):
        return away
    row = session.present()
    form = PasswordForm()
    if form.validate_on_submit():
        actions.set_password(row.account, form.password.data or "", where=row)
        db.session.commit()
        flash(_("Your password is set."), "success")
        return redirect(url_for("security.index"))
    return render("accounts/password.html", form=form, account=row.account), 422 if form.errors else 200


@bp.post("/securite/mot-de-passe/fin")
def drop_password() -> ResponseReturnValue:
    if away := _proof_first(url_for("security.index")):
        return away
    actions.drop_password(session.owner())
    db.session.commit()
    flash(_("Your password is removed. Sign in with the code that comes by e-mail."), "success")
    return redirect(url_for("security.index"))
