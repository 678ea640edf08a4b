"""Who is here: the one module that touches flask-login."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, Response, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import bindparam, delete, select, update

from engage.accounts import parking
from engage.accounts.house import second_factor_required, settings
from engage.accounts.models import MEMBER_DAYS, Account, SignIn
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db, writing_aside
from engage.core.i18n import gettext as _

View = TypeVar("View", bound=Callable[..., object])

KEPT_AT_SIGN_IN = ("draft", "follow", "parked", "next", "group_code", "source")
SEEN_EVERY = timedelta(seconds=30)
HALF_WAY = timedelta(minutes=10)
TEAM = "/equipe"
LONGEST_ADDRESS = 2000
# Built once: building is half the price of asking.
SIGNED_IN = select(SignIn).where(SignIn.token_digest == bindparam("digest"))
TAKEN_BACK = {200, 302, 303, 409, 422}


class _Visitor(UserMixin):
    """What flask-login carries: a browser's sign-in, known by its token."""

    def __init__(self, token: str, row: SignIn) -> None:
        self.token, self.row = token, row

    def get_id(self) -> str:
        return self.token


def _idle_limit(account: Account) -> timedelta:
    if account.is_staff:
        return timedelta(minutes=settings().staff_idle_minutes)
    return timedelta(days=MEMBER_DAYS)


def _load(token: str) -> _Visitor | None:
    row = db.session.scalars(SIGNED_IN, {"digest": keys.digest("sign-in", token)}).one_or_none()
    if row is None or not row.account.is_active or now() - row.seen_at > _idle_limit(row.account):
        return None
    if now() - row.seen_at > SEEN_EVERY:
        g.seen = row.id
    return _Visitor(token, row)


def _note_seen(_error: BaseException | None) -> None:
    """Written when the request's own unit is over, so that it never waits for itself."""
    if row_id := g.pop("seen", None):
        db.session.rollback()
        with writing_aside() as connection:
            connection.execute(update(SignIn).where(SignIn.id == row_id).values(seen_at=now()))


def here() -> SignIn | None:
    """The sign-in of this browser, or None; perhaps still without the second factor that is required."""
    if "_user_id" not in session:
        return None
    visitor: Any = current_user
    return visitor.row if visitor.is_authenticated else None


def is_whole(row: SignIn) -> bool:
    """Whether nothing more has to be proved here."""
    return row.second_factor or not row.account.is_staff or not second_factor_required()


def me() -> Account | None:
    """The account signed in here, with all that it must prove, or None."""
    row = here()
    return row.account if row is not None and is_whole(row) else None


def present() -> SignIn:
    """The sign-in of this browser, even without its second factor: for closed views, where there is one."""
    row = here()
    if row is None:
        raise LookupError("nobody is signed in")
    return row


def owner() -> Account:
    """The account signed in here, as `present`."""
    return present().account


def during_setup(view: View) -> View:
    """Open this closed view to a member of the team who has not shown the required second factor yet."""
    view.during_setup = True  # type: ignore[attr-defined]
    return view


def begin(account: Account, *, second_factor: bool) -> None:
    """Sign `account` in on this browser under a new token; what an earlier session held is dropped."""
    kept = {name: session[name] for name in KEPT_AT_SIGN_IN if name in session}
    end()
    session.update(kept)
    session.permanent = not account.is_staff
    session["account"] = account.id
    token = secrets.token_urlsafe(32)
    row = SignIn(
        account_id=account.id,
        token_digest=keys.digest("sign-in", token),
        device=(request.user_agent.string or "")[:200],
        second_factor=second_factor,
        created_at=now(),
        seen_at=now(),
    )
    row.account = account
    db.session.add(row)
    db.session.flush()
    login_user(_Visitor(token, row))


def end() -> None:
    """Sign this browser out: its row is erased, and all that its session held is forgotten."""
    if token := session.get("_user_id"):
        db.session.execute(delete(SignIn).where(SignIn.token_digest == keys.digest("sign-in", token)))
        logout_user()
    session.clear()


def hold(account: Account) -> None:
    """A first proof was given; the second must follow within `HALF_WAY`."""
    session["half"] = {"account": account.id, "until": (now() + HALF_WAY).timestamp()}


def half_way() -> int | None:
    """The id of the account that has given its first proof here."""
    half = session.get("half")
    return int(half["account"]) if half and half["until"] > now().timestamp() else None


def own_path(address: str | None) -> str | None:
    """`address` when it leads to a page of this site, else None."""
    if not address or len(address) > LONGEST_ADDRESS or address[0] != "/" or address.startswith("//"):
        return None
    return None if any(sign <= " " or sign == "\\" for sign in address) else address


def onward() -> str:
    """Where a person goes once they are signed in."""
    row = here()
    if row is not None and not is_whole(row):
        return url_for("security.index")
    if "parked" in session:
        return url_for("accounts.resume")
    wanted: str | None = own_path(session.pop("next", None))
    return wanted or (TEAM if row is not None and row.account.is_staff else url_for("privacy.my_space"))


def welcome() -> ResponseReturnValue | None:
    """What a closed view answers to somebody who is not signed in, or not with all that is required."""
    row = here()
    view = current_app.view_functions.get(request.endpoint or "")
    if row is not None and (is_whole(row) or getattr(view, "during_setup", False)):
        return None
    if request.method == "POST":
        _keep_what_was_typed()
    if row is not None:
        return redirect(url_for("security.index"))
    if request.method == "POST":
        return redirect(url_for("accounts.sign_in"))
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))


def _keep_what_was_typed() -> None:
    if key := parking.park(session.get("account"), instead_of=session.get("parked")):
        session["parked"] = key
        flash(_("Your session has ended. Sign in again: what you wrote is kept."))
    else:
        flash(_("Your session has ended. Sign in again, please."))


def _sent_again(response: Response) -> Response:
    """What was parked has been sent and taken, or stands again in the page: its key is dropped."""
    taken = "parked" in session and request.method == "POST" and response.status_code in TAKEN_BACK
    if taken and "parked" in request.form and me() is not None:
        session.pop("parked")
    return response


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.after_request(_sent_again)
    app.teardown_request(_note_seen)
