"""Who is here: the one module that touches flask-login."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import delete, select, update

from engage.accounts.models import Account, SignIn
from engage.core import keys
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db, writing_aside

KEPT_AT_SIGN_IN = ("draft", "parked", "next")
SEEN_EVERY = timedelta(minutes=1)
MEMBER_DAYS = 30


class _Visitor(UserMixin):  # type: ignore[misc]
    """What flask-login carries: a browser's sign-in, known by its token."""

    def __init__(self, token: str, row: SignIn) -> None:
        self.token, self.row = token, row

    def get_id(self) -> str:
        return self.token


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings


def _idle_limit(account: Account) -> timedelta:
    return timedelta(minutes=_settings().staff_idle_minutes) if account.is_staff else timedelta(days=MEMBER_DAYS)


def _load(token: str) -> _Visitor | None:
    found = select(SignIn).where(SignIn.token_digest == keys.digest("sign-in", token))
    row = db.session.scalars(found).one_or_none()
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


def me() -> Account | None:
    """The account signed in here, or None."""
    if "_user_id" not in session:
        return None
    visitor: Any = current_user
    return visitor.row.account if visitor.is_authenticated else None


def here() -> SignIn | None:
    """The sign-in of this browser, or None."""
    visitor: Any = current_user
    return visitor.row if "_user_id" in session and visitor.is_authenticated else None


def begin(account: Account, *, second_factor: bool) -> None:
    """Sign `account` in on this browser under a new token; what an earlier session held is dropped."""
    kept = {name: session[name] for name in KEPT_AT_SIGN_IN if name in session}
    end()
    session.clear()
    session.update(kept)
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
    """Sign this browser out; its row is erased."""
    if token := session.get("_user_id"):
        db.session.execute(delete(SignIn).where(SignIn.token_digest == keys.digest("sign-in", token)))
        logout_user()


def welcome() -> ResponseReturnValue | None:
    """What a closed view answers to somebody who is not signed in."""
    if me() is not None:
        return None
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.teardown_request(_note_seen)
