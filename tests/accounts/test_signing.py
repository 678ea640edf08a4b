"""Signing in by a mailed code or a password, and what it never reveals."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask

from engage.accounts import passwords
from engage.accounts.models import Account, MailedCode
from engage.accounts.signing import actions as signing
from engage.core.clock import now
from engage.core.db import db
from tests import make
from tests.accounts.post_box import count, email_of, last_code, mails
from tests.browser import Visitor


def ask(visitor: Visitor, email: str) -> None:
    visitor.get("/connexion")
    visitor.follow(visitor.post("/connexion", {"email": email}))


def wrong(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 10**6:06}"


def is_in(visitor: Visitor) -> bool:
    return visitor.client.get("/connexion/securite").status_code == 200


def test_a_member_comes_in_by_the_code_of_the_mail(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    ask(nobody, email_of(app, amina.account_id).upper())
    address, body = mails(app)[-1]
    assert address == email_of(app, amina.account_id)
    assert "15 minutes" in body
    nobody.post("/connexion/code", {"code": f" {last_code(app)}.\n"})
    assert is_in(nobody)


def test_a_code_serves_once_and_is_gone(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    ask(nobody, email_of(app, amina.account_id))
    code = last_code(app)
    with nobody.client.session_transaction() as own:
        before = dict(own)
    nobody.post("/connexion/code", {"code": code})
    assert count(app, MailedCode) == 0
    thief = Visitor(app)
    with thief.client.session_transaction() as own:
        own.update(before)
    thief.get("/connexion/code")
    thief.post("/connexion/code", {"code": code}, status=422)
    assert not is_in(thief)


def test_a_new_code_kills_the_old_one(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    email = email_of(app, amina.account_id)
    ask(nobody, email)
    old = last_code(app)
    other = Visitor(app)
    ask(other, email)
    nobody.get("/connexion/code")
    nobody.post("/connexion/code", {"code": old}, status=422)
    assert not is_in(nobody)


def test_a_code_belongs_to_the_browser_that_asked(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    ask(nobody, email_of(app, amina.account_id))
    code = last_code(app)
    other = Visitor(app)
    ask(other, "someone.else@exemple.fr")
    other.post("/connexion/code", {"code": code}, status=422)
    assert not is_in(other)
    nobody.post("/connexion/code", {"code": code})
    assert is_in(nobody)


def test_a_code_dies_after_15_minutes(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    ask(nobody, email_of(app, amina.account_id))
    with time_machine.travel(now() + timedelta(minutes=14, seconds=50), tick=False):
        nobody.post("/connexion/code", {"code": wrong(last_code(app))}, status=422)
    with time_machine.travel(now() + timedelta(minutes=15, seconds=1), tick=False):
        nobody.post("/connexion/code", {"code": last_code(app)}, status=422)
    assert not is_in(nobody)


def test_a_code_dies_after_5_tries(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    """Also when the tries lie on both sides of a quarter of an hour, or of midnight."""
    late = now().replace(hour=23, minute=58, second=0)
    with time_machine.travel(late, tick=False):
        ask(nobody, email_of(app, amina.account_id))
        for _try in range(3):
            nobody.post("/connexion/code", {"code": wrong(last_code(app))}, status=422)
    with time_machine.travel(late + timedelta(minutes=5), tick=False):
        for _try in range(2):
            nobody.post("/connexion/code", {"code": wrong(last_code(app))}, status=422)
        nobody.post("/connexion/code", {"code": last_code(app)}, status=422)
        assert not is_in(nobody)


def test_the_right_code_still_serves_at_the_fifth_try(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    ask(nobody, email_of(app, amina.account_id))
    for _try in range(4):
        nobody.post("/connexion/code", {"code": wrong(last_code(app))}, status=422)
    nobody.post("/connexion/code", {"code": last_code(app)})
    assert is_in(nobody)


def test_tries_count_even_when_each_of_them_rolls_back(
    app: Flask, amina: Visitor, nobody: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(nobody, email_of(app, amina.account_id))
    code = last_code(app)

    def breaks(*_args: object, **_kwargs: object) -> None:
        db.session.add(Account())
        db.session.flush()

    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = True, False
    with monkeypatch.context() as broken:
        broken.setattr(signing, "use_code", breaks)
        for _try in range(5):
            nobody.post("/connexion/code", {"code": wrong(code)}, status=500)
    nobody.get("/connexion/code")
    nobody.post("/connexion/code", {"code": code}, status=422)
    assert not is_in(nobody)


def test_known_and_unknown_addresses_get_the_same_answers(
    app: Flask, amina: Visitor, nobody: Visitor
) -> None:
    known, unknown = email_of(app, amina.account_id), "nobody.at.all@exemple.fr"

    def story(email: str) -> list[str]:
        visitor = Visitor(app)
        visitor.get("/connexion")
        first = visitor.post("/connexion", {"email": email})
        pages = [str(first.status), first.headers["Location"], visitor.follow(first).get_data(as_text=True)]
        pages += [visitor.post("/connexion/code", {"code": "0"}, status=422).get_data(as_text=True)]
        return [
            re.sub(r'(csrf_token"[^>]*value="|nonce=")[^"]+', "", page.replace(email, "@")) for page in pages
        ]

    assert story(known) == story(unknown)
    assert [address for address, _body in mails(app)] == [known]
    assert count(app, MailedCode) == 2


def test_too_many_codes_for_one_address_are_refused_known_or_not(app: Flask, amina: Visitor) -> None:
    for email in (email_of(app, amina.account_id), "nobody.at.all@exemple.fr"):
        for _time in range(5):
            ask(Visitor(app), email)
        last = Visitor(app)
        last.get("/connexion")
        last.post("/connexion", {"email": email}, status=429)


def with_password(app: Flask, visitor: Visitor, password: str) -> str:
    with app.app_context():
        visitor.account.password_hash = passwords.hashed(password)
        db.session.commit()
    return email_of(app, visitor.account_id)


def test_a_password_opens_too(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    email = with_password(app, amina, "quatre mots sans rapport")
    nobody.get("/connexion")
    nobody.post("/connexion", {"email": email, "password": "quatre mots sans rapport"})
    assert is_in(nobody)


@pytest.mark.parametrize("who", ["has one", "has none", "unknown", "ended"])
def test_a_wrong_password_gets_one_answer_and_costs_one_hash(
    app: Flask, amina: Visitor, nobody: Visitor, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    email = "nobody.at.all@exemple.fr" if who == "unknown" else email_of(app, amina.account_id)
    if who in ("has one", "ended"):
        with_password(app, amina, "quatre mots sans rapport")
    if who == "ended":
        with app.app_context():
            amina.account.ended_at = now()
            db.session.commit()
    hashes: list[str] = []
    verify = PasswordHasher.verify

    def spy(hasher: PasswordHasher, held: str, typed: str) -> bool:
        hashes.append(held)
        return verify(hasher, held, typed)

    monkeypatch.setattr(PasswordHasher, "verify", spy)
    nobody.get("/connexion")
    given = "quatre mots sans rapport" if who == "ended" else "wrong"
    nobody.post("/connexion", {"email": email, "password": given}, status=422)
    assert "ne vont pas ensemble" in nobody.page
    assert given not in nobody.page
    assert len(hashes) == 1
    assert not is_in(nobody)


def test_the_password_is_never_a_default(session: None) -> None:
    assert not passwords.matches(None, "nobody has this password")


def test_an_incomplete_address_is_told_where_it_is_typed(nobody: Visitor) -> None:
    nobody.get("/connexion")
    for typed in ("", "amina", "amina@", "<b>@x", "a" * 300 + "@x.fr"):
        nobody.post("/connexion", {"email": typed}, status=422)
        assert 'id="email-error"' in nobody.page


def test_signing_out_ends_it_and_only_by_post(app: Flask, amina: Visitor) -> None:
    with amina.client.session_transaction() as own:
        stolen = dict(own)
    amina.get("/connexion/fin", status=405)
    assert is_in(amina)
    amina.post("/connexion/fin")
    assert not is_in(amina)
    thief = Visitor(app)
    with thief.client.session_transaction() as own:
        own.update(stolen)
    assert not is_in(thief)


def test_the_session_rotates_at_sign_in(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    """What an attacker put into this browser before is worth nothing after."""
    nobody.get("/connexion")
    with nobody.client.session_transaction() as own:
        own["_user_id"] = "planted"
        own["planted"] = "yes"
        before = own["csrf_token"]
    ask(nobody, email_of(app, amina.account_id))
    nobody.post("/connexion/code", {"code": last_code(app)})
    with nobody.client.session_transaction() as own:
        assert own["_user_id"] != "planted"
        assert "planted" not in own
        assert "pending" not in own
        assert own.get("csrf_token") != before


ELSEWHERE = "ailleurs.example"


@pytest.mark.parametrize(
    "away", [f"https://{ELSEWHERE}", f"//{ELSEWHERE}", f"/\\{ELSEWHERE}", f"/\t/{ELSEWHERE}", "javascript:1"]
)
def test_nobody_is_sent_to_another_site(app: Flask, amina: Visitor, away: str) -> None:
    response = amina.client.get("/connexion", query_string={"next": away})
    assert response.headers["Location"] == "/mon-espace"


def test_the_way_goes_on_to_the_page_that_was_asked_for(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    email = email_of(app, amina.account_id)
    nobody.follow(nobody.get("/connexion/appareils", status=302))
    nobody.follow(nobody.post("/connexion", {"email": email}))
    response = nobody.post("/connexion/code", {"code": last_code(app)})
    assert response.headers["Location"] == "/connexion/appareils"


def test_mails_speak_the_language_of_the_account(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        email = make.account("Ann", language="en").email
        db.session.commit()
    ask(nobody, email or "")
    assert "Your code to sign in" in mails(app)[-1][1]
