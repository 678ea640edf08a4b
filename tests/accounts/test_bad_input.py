"""Whatever is sent to the doors of accounts, the answer is clear and never a fault of ours."""

from __future__ import annotations

import pyotp
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.accounts import session as account_session
from engage.accounts.factors import actions as factors
from engage.accounts.forms import digits_only
from engage.accounts.joining import queries as invitations
from engage.core.db import db
from tests import make
from tests.browser import Visitor

NASTY = [
    "' OR 1=1 --",
    '"><script>alert(1)</script>',
    "\u202e\u200b\ufeff",
    "\x00\x01",
    "🙂" * 50,
    "٣٤٥٦٧٨",
    "a" * 5000,
    "%s%d{0}{{7*7}}",
]
DOORS = [
    ("/connexion", "email"),
    ("/connexion", "password"),
    ("/connexion/invitation", "code"),
    ("/connexion/cle", "credential"),
]
slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(("path", "field"), DOORS)
def test_nothing_odd_breaks_a_door(app: Flask, nobody: Visitor, path: str, field: str) -> None:
    settings_now = app.extensions["engage_settings"]
    app.extensions["engage_settings"] = settings_now.model_copy(update={"limits": {"sign_in": "1000/minute"}})
    for nasty in NASTY:
        nobody.get("/connexion")
        response = nobody.client.post(path, data=nobody.hidden() | {"email": "a@exemple.fr"} | {field: nasty})
        assert response.status_code in (302, 422)
        assert "<script>alert" not in response.get_data(as_text=True)
        assert "Location" not in response.headers or response.headers["Location"].startswith("/connexion")


def test_nothing_odd_breaks_the_code_page(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    for nasty in NASTY:
        with nobody.client.session_transaction() as own:
            own["pending"] = {"id": nasty, "email": nasty}
        nobody.get("/connexion/code")
        response = nobody.client.post("/connexion/code", data=nobody.hidden() | {"code": nasty})
        assert response.status_code == 422
    nobody.client.post("/connexion", data=b"\xff\xfe=\x80", content_type="application/x-www-form-urlencoded")


@given(st.text(max_size=40))
def test_digits_are_all_that_is_left_of_a_code(text: str) -> None:
    kept = digits_only(text)
    assert kept.isascii()
    assert kept == "" or kept.isdigit()


@given(st.integers(0, 999_999), st.lists(st.sampled_from(" \t.-\u00a0\u202f"), min_size=7, max_size=7))
def test_a_code_survives_any_spacing(number: int, between: list[str]) -> None:
    code = f"{number:06}"
    typed = "".join(space + digit for space, digit in zip(between, code, strict=False)) + between[-1]
    assert digits_only(typed) == code


@given(st.text(max_size=200))
def test_only_our_own_paths_lead_on(text: str) -> None:
    path = account_session.own_path(text)
    if path is not None:
        assert path.startswith("/")
        assert not path.startswith(("//", "/\\"))
        assert not set(path) & set("\\\r\n\t ")


@slow
@given(code=st.text(max_size=40), credential=st.text(max_size=80))
def test_no_text_is_a_proof(app: Flask, code: str, credential: str) -> None:
    with app.test_request_context("/", method="POST"):
        account = make.account(totp_secret=pyotp.random_base32())
        if not any(sign.isdecimal() for sign in code):
            assert not factors.prove(account, code=code)
        if credential:
            assert not factors.prove(account, credential=credential)
        assert invitations.by_code(code) is None
        db.session.rollback()
