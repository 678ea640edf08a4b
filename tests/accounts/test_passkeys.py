"""Passkeys: made, used without a name and as a second factor, and all that must not work."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask

from engage.accounts.factors import passkeys
from engage.accounts.models import Passkey
from engage.core.clock import now
from engage.core.db import db
from tests.accounts.authenticator import Phone
from tests.accounts.post_box import count, email_of, last_code, mails
from tests.browser import Visitor


@pytest.fixture(autouse=True)
def named_site(app: Flask) -> None:
    """A site that browsers make passkeys for."""
    settings = app.extensions["engage_settings"]
    app.extensions["engage_settings"] = settings.model_copy(update={"base_url": "http://localhost"})


def options_on(page: str) -> str:
    found = re.search(r'data-options="([^"]*)"', page)
    assert found
    return unescape(found[1])


def signed_in_by_mail(app: Flask, account_id: int | None) -> Visitor:
    visitor = Visitor(app)
    visitor.get("/connexion")
    visitor.follow(visitor.post("/connexion", {"email": email_of(app, account_id)}))
    visitor.post("/connexion/code", {"code": last_code(app)})
    return visitor


def make_key(visitor: Visitor, phone: Phone, *, status: int = 200) -> None:
    visitor.get("/connexion/securite/cle")
    answer = phone.make(options_on(visitor.page))
    visitor.post("/connexion/securite/cle", {"name": "Mon téléphone", "credential": answer}, status=status)


@pytest.fixture
def phone(app: Flask, amina: Visitor) -> Phone:
    """Amina's phone, which holds her key."""
    held = Phone()
    make_key(signed_in_by_mail(app, amina.account_id), held)
    return held


def come_in(visitor: Visitor, phone: Phone) -> str:
    visitor.get("/connexion")
    answer = phone.answer(options_on(visitor.page))
    return visitor.post("/connexion/cle", {"credential": answer}).headers["Location"]


def is_in(visitor: Visitor) -> bool:
    return visitor.client.get("/connexion/securite").status_code == 200


def test_a_key_signs_in_without_a_name_and_is_both_factors(app: Flask, phone: Phone, nobody: Visitor) -> None:
    assert come_in(nobody, phone) == "/mon-espace"
    nobody.get("/connexion/securite")
    assert "Mon téléphone" in nobody.page
    with app.app_context():
        assert db.session.query(Passkey).one().sign_count == 1


def test_a_first_key_gives_recovery_codes(app: Flask, amina: Visitor) -> None:
    visitor = signed_in_by_mail(app, amina.account_id)
    make_key(visitor, Phone())
    assert "Vos codes de secours" in visitor.page
    assert "Une clé d’accès a été ajoutée à votre compte." in mails(app)[-1][1]


def test_a_key_is_the_second_step_after_a_code(app: Flask, amina: Visitor, phone: Phone) -> None:
    visitor = signed_in_by_mail(app, amina.account_id)
    assert not is_in(visitor)
    visitor.get("/connexion/deuxieme-cle")
    visitor.post("/connexion/deuxieme-cle", {"credential": phone.answer(options_on(visitor.page))})
    assert is_in(visitor)


def test_the_key_of_another_person_is_no_second_step(
    app: Flask, amina: Visitor, benoit: Visitor, phone: Phone
) -> None:
    make_key(signed_in_by_mail(app, benoit.account_id), other := Phone())
    visitor = signed_in_by_mail(app, amina.account_id)
    visitor.get("/connexion/deuxieme-cle")
    answer = other.answer(options_on(visitor.page))
    visitor.post("/connexion/deuxieme-cle", {"credential": answer}, status=422)
    assert not is_in(visitor)


def test_an_answer_serves_once(app: Flask, phone: Phone, nobody: Visitor) -> None:
    phone.count = -1  # like keys that stand on several devices, this one always says 0
    nobody.get("/connexion")
    with nobody.client.session_transaction() as own:
        before = dict(own)
    answer = phone.answer(options_on(nobody.page))
    nobody.post("/connexion/cle", {"credential": answer})
    assert is_in(nobody)
    thief = Visitor(app)
    with thief.client.session_transaction() as own:
        own.update(before)
    thief.post("/connexion/cle", {"credential": answer})
    assert not is_in(thief)


def test_a_copied_key_that_counts_less_is_refused(phone: Phone, app: Flask, nobody: Visitor) -> None:
    come_in(nobody, phone)
    phone.count = 0
    copy = Visitor(app)
    come_in(copy, phone)
    assert not is_in(copy)


@pytest.mark.parametrize(
    "fault", ["another site", "nobody checked", "another key", "old question", "no question"]
)
def test_a_wrong_answer_opens_nothing(app: Flask, phone: Phone, nobody: Visitor, fault: str) -> None:
    nobody.get("/connexion")
    options = options_on(nobody.page)
    if fault == "another site":
        phone.origin = "http://localhost.ailleurs.example"
    elif fault == "nobody checked":
        phone.checks_user = False
    elif fault == "another key":
        phone.key = Phone().key
    elif fault == "no question":
        options = json.dumps(json.loads(options) | {"challenge": "AAAAAAAAAAAAAAAAAAAAAAAA"})
    late = timedelta(minutes=11) if fault == "old question" else timedelta()
    with time_machine.travel(now() + late, tick=False):
        nobody.follow(nobody.post("/connexion/cle", {"credential": phone.answer(options)}))
    assert "n’est pas reconnue" in nobody.page
    assert not is_in(nobody)


JUNK = ["", "x", "{}", "[]", "null", '{"id": 1}', '{"id":"é","rawId":"é","response":{}}', "é" * 30_000]


@pytest.mark.parametrize("junk", JUNK)
def test_junk_is_no_answer(amina: Visitor, nobody: Visitor, junk: str) -> None:
    nobody.get("/connexion")
    nobody.post("/connexion/cle", {"credential": junk})
    assert not is_in(nobody)


@pytest.mark.parametrize("junk", ["", "x", "{}", '{"id": 1}'])
def test_junk_makes_no_key(app: Flask, amina: Visitor, junk: str) -> None:
    visitor = signed_in_by_mail(app, amina.account_id)
    visitor.get("/connexion/securite/cle")
    visitor.post("/connexion/securite/cle", {"name": "Mon téléphone", "credential": junk}, status=422)
    assert count(app, Passkey) == 0


def test_the_same_key_is_not_added_twice(app: Flask, amina: Visitor, benoit: Visitor, phone: Phone) -> None:
    make_key(signed_in_by_mail(app, benoit.account_id), phone, status=422)
    assert count(app, Passkey) == 1


def test_a_key_can_be_taken_away_after_a_fresh_proof(app: Flask, amina: Visitor, phone: Phone) -> None:
    visitor = Visitor(app)
    come_in(visitor, phone)
    with app.app_context():
        key_id = db.session.query(Passkey).one().id
    visitor.get("/connexion/securite")
    visitor.follow(visitor.post("/connexion/securite/cle/fin", {"key_id": key_id}))
    visitor.post("/connexion/preuve", {"credential": phone.answer(options_on(visitor.page))})
    visitor.get("/connexion/securite")
    visitor.post("/connexion/securite/cle/fin", {"key_id": "x"}, status=404)
    visitor.get("/connexion/securite")
    visitor.post("/connexion/securite/cle/fin", {"key_id": key_id})
    assert count(app, Passkey) == 0


@pytest.mark.parametrize(
    ("address", "possible"),
    [
        ("http://localhost:8000", True),
        ("https://msp.example", True),
        ("http://msp.example", False),
        ("http://127.0.0.1:8000", False),
        ("https://192.0.2.1", False),
    ],
)
def test_keys_are_offered_where_browsers_make_them(app: Flask, address: str, possible: bool) -> None:
    settings = app.extensions["engage_settings"]
    app.extensions["engage_settings"] = settings.model_copy(update={"base_url": address})
    with app.app_context():
        assert passkeys.are_possible() is possible
    visitor = Visitor(app)
    visitor.get("/connexion")
    assert ("data-passkey" in visitor.page) is possible
