"""Closed by default: doors, what a browser may load, and bodies read before any unit of work opens."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, request
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from engage.core.config import Settings

View = TypeVar("View", bound=Callable[..., object])

ALWAYS_OPEN = {"static"}
FIELD_BYTES = 1_000_000
WORDS_ALONE = "application/x-www-form-urlencoded"
FORM_PARTS = 2_000


def public(view: View) -> View:
    """Open this view to people who are not signed in; a law lists every such door."""
    view.public = True  # type: ignore[attr-defined]
    return view


def framed(view: View) -> View:
    """Let other sites show this view in a frame."""
    view.framed = True  # type: ignore[attr-defined]
    return view


def keyed(view: View) -> View:
    """What is posted here brings a key of its own instead of the token of a session, which may have ended."""
    view.keyed = True  # type: ignore[attr-defined]
    return view


def seeing(view: View) -> View:
    """Let this page use the camera, when its reader allows it."""
    view.seeing = True  # type: ignore[attr-defined]
    return view


def lengthy(view: View) -> View:
    """People write here at length: words that are far too many are given back to them, not refused unread."""
    view.lengthy = True  # type: ignore[attr-defined]
    return view


def require(allowed: bool) -> None:
    """Raises 403 unless `allowed`."""
    if not allowed:
        abort(403)


def _view_has(mark: str) -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, mark, False))


def _read_body() -> None:
    """A phone that uploads slowly must hold no lock: the body is whole before the database is asked."""
    if "\0" in request.path:
        abort(404)
    if request.method == "POST":
        if request.mimetype == WORDS_ALONE and not _view_has("lengthy"):
            request.max_content_length = FIELD_BYTES
        request.form  # noqa: B018  (parsing it reads the stream)


def nonce() -> str:
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    value: str = g.nonce
    return value


def policy(*, nonce_value: str, framed_by: str) -> str:
    """The Content-Security-Policy: nothing but our own host."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce_value}'; style-src 'self'; font-src 'self';"
        " img-src 'self' data:; media-src 'self'; connect-src 'self'; manifest-src 'self';"
        f" form-action 'self'; base-uri 'none'; frame-ancestors {framed_by}"
    )


def _headers(response: Response) -> Response:
    settings: Settings = current_app.extensions["engage_settings"]
    may_frame = _view_has("framed")
    head = response.headers
    head["Content-Security-Policy"] = policy(nonce_value=nonce(), framed_by="*" if may_frame else "'none'")
    head["X-Content-Type-Options"] = "nosniff"
    head["Referrer-Policy"] = "same-origin"
    head["Cross-Origin-Opener-Policy"] = "same-origin"
    camera = "self" if _view_has("seeing") else ""
    head["Permissions-Policy"] = f"camera=({camera}), microphone=(), geolocation=(), interest-cohort=()"
    if not may_frame:
        head["X-Frame-Options"] = "DENY"
    if settings.on_tls:
        head["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    head.setdefault("Cache-Control", "no-store" if request.method == "POST" else "private, no-cache")
    return response


class _Tokens(CSRFProtect):
    def protect(self, apply_exemptions: bool = False) -> None:
        if not _view_has("keyed"):
            super().protect(apply_exemptions)


class _Sessions(SecureCookieSessionInterface):
    """Sessions signed by one serializer: to make one costs more than to sign."""

    signing: Any = None

    def get_signing_serializer(self, app: Flask) -> Any:
        self.signing = self.signing or super().get_signing_serializer(app)
        return self.signing


def init_app(app: Flask, *, welcome: Callable[[], ResponseReturnValue | None]) -> None:
    """`welcome` answers instead of a closed view when nobody is signed in, or None to go on."""
    settings: Settings = app.extensions["engage_settings"]
    prefix = "__Host-" if settings.on_tls else ""
    app.config.update(
        SESSION_COOKIE_NAME=f"{prefix}session",
        SESSION_COOKIE_SECURE=settings.on_tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=settings.max_upload_bytes + FIELD_BYTES,
        MAX_FORM_MEMORY_SIZE=FIELD_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
    )
    app.session_interface = _Sessions()
    _Tokens(app)

    def door() -> ResponseReturnValue | None:
        if request.endpoint is None or request.endpoint in ALWAYS_OPEN or _view_has("public"):
            return None
        return welcome()

    app.before_request(door)
    app.after_request(_headers)


def read_bodies_first(app: Flask) -> None:
    app.before_request(_read_body)
