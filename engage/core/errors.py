"""What cannot be done, said in one plain sentence, with the typed words given back."""

from __future__ import annotations

import structlog
from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from engage.core.db import db
from engage.core.i18n import language, speaking
from engage.core.i18n import lazy_gettext as _l
from engage.core.render import render

log = structlog.get_logger()

SECRET_FIELDS = ("password", "code", "csrf_token", "otp", "credential")
STATUSES_WITH_PAGE = (400, 403, 404, 405, 409, 413, 429, 503)


class Refused(Exception):
    """A rule says no. Becomes a 409 page that gives the posted fields back.

    Raised by actions with one plain, already translated sentence.
    """

    def __init__(self, message: str, *, status: int = 409) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class TooMany(Exception):
    """A rate limit is reached; `minutes` until the next try."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


def posted_fields() -> list[tuple[str, str]]:
    """What the person typed, without passwords, codes and files, to show it again."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(secret in name for secret in SECRET_FIELDS)
    ]


def _given_back(message: object, status: int) -> ResponseReturnValue:
    fields = posted_fields()
    page = render("errors/409.html", message=message, fields=fields, action=request.full_path.rstrip("?"))
    return page, status


def _refused(error: Refused) -> ResponseReturnValue:
    db.session.rollback()
    return _given_back(error.message, error.status)


def _stale(_error: StaleDataError) -> ResponseReturnValue:
    db.session.rollback()
    return _given_back(_l("Someone else has just changed this. Please look again before you send."), 409)


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    db.session.rollback()
    return _given_back(_l("This page was open for a long time. Please check and send again."), 400)


def _too_many(error: TooMany) -> ResponseReturnValue:
    page = render(
        "errors/429.html", minutes=error.minutes, fields=posted_fields(), action=request.full_path.rstrip("?")
    )
    return page, 429, {"Retry-After": str(error.minutes * 60)}


def _busy(error: OperationalError) -> ResponseReturnValue:
    db.session.rollback()
    reason = str(error.orig).lower()
    if "lock" not in reason:
        raise error
    log.warning("database_busy", reason=reason)
    db.session.connection(execution_options={"engage_writes": False})  # the page itself must not wait again
    return _given_back(_l("Many people are writing right now. Please try again in a moment."), 503)


def _unstorable(error: DataError | OverflowError) -> ResponseReturnValue:
    """What no database can hold, such as a NUL in a text or a number of 20 digits in an address."""
    db.session.rollback()
    log.warning("unstorable", page=request.endpoint, reason=type(getattr(error, "orig", error)).__name__)
    return render("errors/400.html"), 400


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code not in STATUSES_WITH_PAGE:
        return error
    db.session.rollback()
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return render(f"errors/{error.code}.html"), error.code, headers


def _broken(error: InternalServerError) -> ResponseReturnValue:
    db.session.rollback()
    log.error("unexpected", path=request.path, exc_info=error.original_exception)
    with speaking(language()):  # nothing here may need the database: it may be what is broken
        return current_app.jinja_env.get_template("errors/500.html").render(), 500


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(OverflowError, _unstorable)  # one of the two engines says it so
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, _broken)
