"""A small browser for tests: keeps cookies, fills the hidden fields of a page, checks every page it opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from engage.accounts import session as account_session
from engage.accounts.models import Account
from engage.core.db import db
from tests.page import check

HIDDEN = re.compile(r'<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")[^>]*>')


class Visitor:
    """Opens pages as one person, or nobody. `get` and `post` check the page and its status."""

    def __init__(self, app: Flask, account_id: int | None = None) -> None:
        self.app = app
        self.account_id = account_id
        self.client = app.test_client()
        self.page = ""
        if account_id is not None:
            self.sign_in(account_id)

    def sign_in(self, account_id: int) -> None:
        """Put this browser where the sign-in page would leave it."""
        from flask import session

        with self.app.test_request_context("/", method="POST"):
            account_session.begin(db.session.get_one(Account, account_id), second_factor=True)
            db.session.commit()
            stored = dict(session)
        with self.client.session_transaction() as own:
            own.update(stored)

    @property
    def account(self) -> Account:
        """The row of this person; needs an application context."""
        assert self.account_id is not None
        return db.session.get_one(Account, self.account_id)

    def _opened(self, response: TestResponse, status: int) -> TestResponse:
        where = response.headers.get("Location", "")
        assert response.status_code == status, (
            f"{response.status} {where}\n{response.get_data(as_text=True)[:3000]}"
        )
        if response.mimetype == "text/html" and status not in (301, 302, 303):
            self.page = response.get_data(as_text=True)
            check(self.page)
        response.get_data()
        response.close()
        return response

    def get(self, path: str, *, status: int = 200, **kwargs: Any) -> TestResponse:
        return self._opened(self.client.get(path, **kwargs), status)

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page open now (token, submission key, version …)."""
        return {name: unescape(value) for name, value in HIDDEN.findall(self.page)}

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, status: int = 302, **kwargs: Any
    ) -> TestResponse:
        """Send a form as the page open now would: its hidden fields go along unless `data` says otherwise."""
        fields = {**self.hidden(), **(data or {})}
        if "csrf_token" not in fields:
            fields["csrf_token"] = self.token()
        return self._opened(self.client.post(path, data=fields, **kwargs), status)

    def token(self) -> str:
        """A valid token of this browser, when the page open now has no form."""
        from flask import session
        from flask_wtf.csrf import generate_csrf

        with self.client.session_transaction() as own:
            stored = dict(own)
        with self.app.test_request_context("/"):
            session.update(stored)
            token = str(generate_csrf())
            kept = dict(session)
        with self.client.session_transaction() as own:
            own.update(kept)
        return token

    def follow(self, response: TestResponse, *, status: int = 200) -> TestResponse:
        return self.get(response.headers["Location"], status=status)

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """The SQL statements run meanwhile (without BEGIN and the like)."""
        seen: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                seen.append(statement)

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)
