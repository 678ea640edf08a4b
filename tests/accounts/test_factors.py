"""Second factors: an app, recovery codes; a fresh proof before they are taken away."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask

from engage.accounts.factors import actions
from engage.accounts.models import Account, RecoveryCode, Role, SignIn
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from tests import make
from tests.accounts.post_box import count, email_of, last_code, require_second_factor
from tests.browser import Visitor

STEP = 30


def code_at(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(now() + timedelta(seconds=STEP * steps))


def secret_on(page: str) -> str:
    found = re.search(r'class="code" translate="no">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def recovery_on(page: str) -> list[str]:
    return re.findall(r"<li><strong>([2-9A-Z]{5} [2-9A-Z]{5})</strong>", page)


def add_app(visitor: Visitor) -> tuple[str, list[str]]:
    """The secret and the recovery codes of a person who adds an app."""
    visitor.get("/connexion/securite/application")
    secret = secret_on(visitor.page)
    visitor.post("/connexion/securite/application", {"code": code_at(secret)}, status=200)
    return secret, recovery_on(visitor.page)


def first_step(app: Flask, visitor: Visitor, email: str) -> str:
    visitor.get("/connexion")
    visitor.follow(visitor.post("/connexion", {"email": email}))
    return visitor.post("/connexion/code", {"code": last_code(app)}).headers["Location"]


@pytest.fixture
def fresh(app: Flask, amina: Visitor) -> Visitor:
    """Amina has just signed in by her mail."""
    visitor = Visitor(app)
    first_step(app, visitor, email_of(app, amina.account_id))
    return visitor


def test_an_app_is_added_by_picture_or_by_letters(app: Flask, fresh: Visitor) -> None:
    fresh.get("/connexion/securite/application")
    assert '<svg class="qr"' in fresh.page
    secret = secret_on(fresh.page)
    fresh.post("/connexion/securite/application", {"code": "000000"}, status=422)
    assert secret_on(fresh.page) == secret
    spaced = f"{code_at(secret)[:3]} {code_at(secret)[3:]}"
    fresh.post("/connexion/securite/application", {"code": spaced}, status=200)
    codes = recovery_on(fresh.page)
    assert len(set(codes)) == 10
    fresh.get("/connexion/securite")
    assert "Il reste 10 codes" in fresh.page
    with app.app_context(), db.engine.connect() as connection:
        stored = connection.exec_driver_sql(
            "SELECT totp_secret FROM account WHERE totp_secret IS NOT NULL"
        ).scalar()
    assert secret not in str(stored)


def test_the_second_step_is_asked_before_anything_opens(app: Flask, amina: Visitor, fresh: Visitor) -> None:
    secret, _codes = add_app(fresh)
    email = email_of(app, amina.account_id)
    other = Visitor(app)
    assert first_step(app, other, email) == "/connexion/deuxieme-cle"
    other.get("/connexion/securite", status=302)
    other.get("/connexion/deuxieme-cle")
    other.post("/connexion/deuxieme-cle", {"code": "000000"}, status=422)
    other.post("/connexion/deuxieme-cle", {"code": ""}, status=422)
    other.get("/connexion/securite", status=302)
    with time_machine.travel(now() + timedelta(seconds=STEP), tick=False):
        assert (
            other.post("/connexion/deuxieme-cle", {"code": code_at(secret)}).headers["Location"]
            == "/mon-espace"
        )
        other.get("/connexion/securite")


def test_a_code_of_the_app_serves_once(app: Flask, amina: Visitor, fresh: Visitor) -> None:
    secret, _codes = add_app(fresh)
    first, second = Visitor(app), Visitor(app)
    with time_machine.travel(now() + timedelta(seconds=STEP * 2), tick=False):
        code = code_at(secret)
        for visitor in (first, second):
            first_step(app, visitor, email_of(app, amina.account_id))
            visitor.get("/connexion/deuxieme-cle")
        first.post("/connexion/deuxieme-cle", {"code": code})
        second.post("/connexion/deuxieme-cle", {"code": code}, status=422)
        second.post("/connexion/deuxieme-cle", {"code": code_at(secret, -1)}, status=422)
        second.post("/connexion/deuxieme-cle", {"code": code_at(secret, 1)})


def test_a_recovery_code_serves_once(app: Flask, amina: Visitor, fresh: Visitor) -> None:
    _secret, codes = add_app(fresh)
    email = email_of(app, amina.account_id)
    first, second = Visitor(app), Visitor(app)
    for visitor, status in ((first, 302), (second, 422)):
        first_step(app, visitor, email)
        visitor.get("/connexion/deuxieme-cle")
        visitor.post("/connexion/deuxieme-cle", {"code": codes[3].lower().replace(" ", "-")}, status=status)
    first.get("/connexion/securite")
    assert "Il reste 9 codes" in first.page


def test_the_recovery_code_of_another_person_is_worth_nothing(
    app: Flask, amina: Visitor, benoit: Visitor, fresh: Visitor
) -> None:
    _secret, codes = add_app(fresh)
    with app.app_context():
        assert not actions.prove(benoit.account, code=codes[0])
        assert actions.prove(amina.account, code=codes[0])


def test_tries_at_the_second_factor_count_for_the_person(app: Flask, amina: Visitor, fresh: Visitor) -> None:
    secret, _codes = add_app(fresh)
    email = email_of(app, amina.account_id)
    quarter = now().replace(minute=16, second=0) + timedelta(hours=1)
    with time_machine.travel(quarter, tick=False):
        for _browser in range(5):
            other = Visitor(app)
            with other.client.session_transaction() as own:
                own["half"] = {
                    "account": amina.account_id,
                    "until": (now() + timedelta(minutes=5)).timestamp(),
                }
            other.get("/connexion/deuxieme-cle")
            other.post("/connexion/deuxieme-cle", {"code": "000000"}, status=422)
        first_step(app, other, email)
        other.get("/connexion/deuxieme-cle")
        other.post("/connexion/deuxieme-cle", {"code": code_at(secret)}, status=429)


def test_the_first_proof_lasts_10_minutes(app: Flask, amina: Visitor, fresh: Visitor) -> None:
    secret, _codes = add_app(fresh)
    other = Visitor(app)
    first_step(app, other, email_of(app, amina.account_id))
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        response = other.post("/connexion/deuxieme-cle", {"code": code_at(secret)})
        assert response.headers["Location"] == "/connexion"


def test_a_first_second_factor_signs_out_everywhere_else(app: Flask, amina: Visitor, fresh: Visitor) -> None:
    add_app(fresh)
    amina.get("/connexion/securite", status=302)
    fresh.get("/connexion/securite")


def test_taking_the_app_away_asks_for_a_fresh_proof(app: Flask, amina: Visitor, fresh: Visitor) -> None:
    secret, _codes = add_app(fresh)
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        for path in ("application/fin", "secours", "mot-de-passe", "cle"):
            answer = fresh.post(f"/connexion/securite/{path}")
            assert answer.headers["Location"].startswith("/connexion/preuve")
        fresh.follow(fresh.post("/connexion/securite/application/fin"))
        fresh.post("/connexion/preuve", {"code": "000000"}, status=422)
        assert (
            fresh.post("/connexion/preuve", {"code": code_at(secret)}).headers["Location"]
            == "/connexion/securite"
        )
        fresh.get("/connexion/securite")
        fresh.post("/connexion/securite/application/fin")
    with app.app_context():
        assert amina.account.totp_secret is None
    assert count(app, RecoveryCode) == 0


def test_signing_in_with_both_is_no_fresh_proof(app: Flask, amina: Visitor, fresh: Visitor) -> None:
    secret, _codes = add_app(fresh)
    other = Visitor(app)
    with time_machine.travel(now() + timedelta(seconds=STEP * 2), tick=False):
        first_step(app, other, email_of(app, amina.account_id))
        other.get("/connexion/deuxieme-cle")
        other.post("/connexion/deuxieme-cle", {"code": code_at(secret)})
        other.get("/connexion/securite")
        response = other.post("/connexion/securite/application/fin")
        assert response.headers["Location"].startswith("/connexion/preuve")


def test_who_has_nothing_to_show_signs_in_again(app: Flask, amina: Visitor) -> None:
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        amina.follow(amina.get("/connexion/securite/mot-de-passe", status=302))
        answer = amina.post("/connexion/encore")
        assert answer.headers["Location"] == "/connexion?next=/connexion/securite/mot-de-passe"


def test_new_recovery_codes_kill_the_old_ones(app: Flask, amina: Visitor, fresh: Visitor) -> None:
    _secret, old = add_app(fresh)
    fresh.get("/connexion/securite")
    fresh.post("/connexion/securite/secours", status=200)
    new = recovery_on(fresh.page)
    assert not set(old) & set(new)
    with app.app_context():
        assert not actions.prove(amina.account, code=old[0])
        assert actions.prove(amina.account, code=new[0])


def test_recovery_codes_stand_for_something(fresh: Visitor) -> None:
    fresh.get("/connexion/securite")
    fresh.post("/connexion/securite/secours", status=409)


def test_the_team_keeps_its_last_second_factor(app: Flask, session: None) -> None:
    account = make.account("Inès", Role.STAFF, totp_secret=pyotp.random_base32())
    db.session.commit()
    require_second_factor(app)
    with pytest.raises(Refused):
        actions.drop_totp(account)


def test_the_team_sets_up_its_second_factor_and_goes_on(app: Flask, nobody: Visitor) -> None:
    require_second_factor(app)
    with app.app_context():
        email = make.account("Inès", Role.COORDINATOR).email or ""
        db.session.commit()
    nobody.get("/connexion?next=/connexion/appareils")
    nobody.follow(nobody.post("/connexion", {"email": email}))
    assert (
        nobody.post("/connexion/code", {"code": last_code(app)}).headers["Location"] == "/connexion/securite"
    )
    _secret, codes = add_app(nobody)
    assert len(codes) == 10
    assert nobody.get("/connexion/suite", status=302).headers["Location"] == "/connexion/appareils"
    assert nobody.get("/connexion/suite", status=302).headers["Location"] == "/equipe"


def test_a_password_is_chosen_kept_hashed_and_taken_away(app: Flask, amina: Visitor, fresh: Visitor) -> None:
    fresh.get("/connexion/securite/mot-de-passe")
    fresh.post("/connexion/securite/mot-de-passe", {"password": "court"}, status=422)
    fresh.post("/connexion/securite/mot-de-passe", {"password": "quatre mots sans rapport"})
    amina.get("/connexion/securite", status=302)
    with app.app_context():
        assert (amina.account.password_hash or "").startswith("$argon2id$")
    fresh.get("/connexion/securite")
    fresh.post("/connexion/securite/mot-de-passe/fin")
    with app.app_context():
        assert amina.account.password_hash is None


def test_an_ended_account_ends_half_way_too(app: Flask, amina: Visitor, fresh: Visitor) -> None:
    secret, _codes = add_app(fresh)
    other = Visitor(app)
    first_step(app, other, email_of(app, amina.account_id))
    with app.app_context():
        db.session.get_one(Account, amina.account_id).ended_at = now()
        db.session.commit()
    other.post("/connexion/deuxieme-cle", {"code": code_at(secret, 1)})
    other.get("/connexion/securite", status=302)
    assert count(app, SignIn) == 1
