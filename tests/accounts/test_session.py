"""Sessions: idle ends, what was typed stays, the required second factor, and where one is signed in."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from engage.accounts import session as account_session
from engage.accounts.models import ParkedForm, Role, SignIn
from engage.core.clock import now
from engage.core.db import db
from tests import make
from tests.accounts.post_box import count, email_of, last_code, require_second_factor
from tests.browser import Visitor

TEXT = "Un banc devant la porte, pour attendre assis, avec un dossier et un toit."


@pytest.fixture
def app_with_form(app: Flask) -> Flask:
    """A closed address that takes a form."""
    got: list[dict[str, str]] = []

    def notes() -> ResponseReturnValue:
        got.append(request.form.to_dict())
        return redirect("/")

    app.add_url_rule("/tests/notes", "notes", notes, methods=["POST"])
    app.extensions["got"] = got
    return app


def later(minutes: float) -> time_machine.travel:
    return time_machine.travel(now() + timedelta(minutes=minutes), tick=False)


def come_back(app: Flask, visitor: Visitor, email: str) -> str:
    """Sign in by code where the visitor stands; the address they are sent to."""
    visitor.get("/connexion")
    visitor.follow(visitor.post("/connexion", {"email": email}))
    return visitor.post("/connexion/code", {"code": last_code(app)}).headers["Location"]


def test_the_team_is_signed_out_after_20_idle_minutes(chloe: Visitor) -> None:
    with later(19):
        chloe.get("/connexion/appareils")
    with later(38):
        chloe.get("/connexion/appareils")
    with later(59):
        chloe.get("/connexion/appareils", status=302)


def test_a_member_stays_signed_in_for_30_days(amina: Visitor) -> None:
    with later(60 * 24 * 29):
        amina.get("/connexion/appareils")
    with later(60 * 24 * 60):
        amina.get("/connexion/appareils", status=302)


def test_an_idle_session_ends_without_losing_what_was_typed(app_with_form: Flask, chloe: Visitor) -> None:
    email = email_of(app_with_form, chloe.account_id)
    data = {"text": TEXT, "version": "3", "password": "secret-word", "photo": (BytesIO(b"x"), "banc.jpg")}
    with later(30):
        response = chloe.post("/tests/notes?a=1", data, content_type="multipart/form-data")
        assert response.headers["Location"] == "/connexion"
        assert come_back(app_with_form, chloe, email) == "/connexion/reprendre"
        chloe.get("/connexion/reprendre")
        assert TEXT in chloe.page
        assert 'action="/tests/notes?a=1"' in chloe.page
        assert "Les fichiers n’ont pas pu être gardés" in chloe.page
        assert "secret-word" not in chloe.page
        chloe.post("/tests/notes?a=1", {"text": TEXT})
    sent = app_with_form.extensions["got"]
    assert [(form["text"], form["version"]) for form in sent] == [(TEXT, "3")]
    with later(31):
        chloe.get("/connexion/reprendre", status=302)


def test_what_was_kept_is_unreadable_at_rest_and_goes_to_its_author_alone(
    app_with_form: Flask, chloe: Visitor, admin: Visitor
) -> None:
    with later(30):
        chloe.post("/tests/notes", {"text": TEXT})
        with app_with_form.app_context(), db.engine.connect() as connection:
            stored = connection.exec_driver_sql("SELECT content FROM parked_form").scalar_one()
        assert "banc" not in stored
        assert (
            come_back(app_with_form, chloe, email_of(app_with_form, admin.account_id))
            == "/connexion/reprendre"
        )
        chloe.get("/connexion/reprendre", status=302)


def test_what_was_kept_can_be_erased(app_with_form: Flask, chloe: Visitor) -> None:
    with later(30):
        chloe.post("/tests/notes", {"text": TEXT})
        come_back(app_with_form, chloe, email_of(app_with_form, chloe.account_id))
        chloe.get("/connexion/reprendre")
        chloe.post("/connexion/reprendre/effacer")
    assert count(app_with_form, ParkedForm) == 0


def test_a_form_too_long_to_keep_is_said_to_be_lost(app_with_form: Flask, chloe: Visitor) -> None:
    with later(30):
        chloe.follow(chloe.post("/tests/notes", {"text": "a" * 250_000}))
        assert "votre texte est gardé" not in chloe.page
    assert count(app_with_form, ParkedForm) == 0


def test_a_browser_that_forgot_who_writes_keeps_the_words_too(
    app_with_form: Flask, chloe: Visitor, nobody: Visitor
) -> None:
    """Its cookie is gone: first the token is wrong, then nobody is signed in."""
    nobody.post("/tests/notes", {"text": TEXT, "csrf_token": "stale"}, status=400)
    assert TEXT in nobody.page
    nobody.post("/tests/notes", {"text": TEXT})
    assert app_with_form.extensions["got"] == []
    email = email_of(app_with_form, chloe.account_id)
    assert come_back(app_with_form, nobody, email) == "/connexion/reprendre"
    nobody.get("/connexion/reprendre")
    assert TEXT in nobody.page


def test_strangers_do_not_fill_the_database(app_with_form: Flask, nobody: Visitor) -> None:
    with later(0):
        for _time in range(20):
            nobody.post("/tests/notes", {"text": TEXT})
        nobody.post("/tests/notes", {"text": TEXT}, status=429)
    assert count(app_with_form, ParkedForm) == 1


def test_the_team_without_second_factor_sees_only_how_to_set_one_up(app: Flask, nobody: Visitor) -> None:
    require_second_factor(app)
    with app.app_context():
        email = make.account("Inès", Role.STAFF).email or ""
        db.session.commit()
    assert come_back(app, nobody, email) == "/connexion/securite"
    nobody.get("/connexion/securite")
    assert "L’équipe a besoin d’une deuxième clé" in nobody.page
    assert nobody.get("/equipe/personnes", status=302).headers["Location"] == "/connexion/securite"
    assert nobody.post("/connexion/securite/mot-de-passe").headers["Location"] == "/connexion/securite"
    nobody.get("/connexion/securite/application")
    with app.test_request_context("/", method="POST"), app.app_context():
        account_session.begin(db.session.get_one(SignIn, 1).account, second_factor=False)
        assert account_session.me() is None


def test_members_need_no_second_factor(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    require_second_factor(app)
    assert come_back(app, nobody, email_of(app, amina.account_id)) == "/mon-espace"


def test_what_was_typed_waits_until_the_second_factor_is_there(app_with_form: Flask, chloe: Visitor) -> None:
    """The setting changes while somebody writes."""
    require_second_factor(app_with_form)
    with app_with_form.app_context():
        db.session.scalars(select(SignIn)).one().second_factor = False
        db.session.commit()
    assert chloe.post("/tests/notes", {"text": TEXT}).headers["Location"] == "/connexion/securite"
    with app_with_form.app_context():
        db.session.scalars(select(SignIn)).one().second_factor = True
        db.session.commit()
    chloe.follow(chloe.get("/connexion/suite", status=302))
    assert TEXT in chloe.page


DEVICES = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0": "Firefox sur Windows",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 "
    "Safari/604.1": "Safari sur iPhone",
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36": (
        "Chrome sur Android"
    ),
    "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0": "Edge sur Windows",
    "<script>alert(1)</script>": "Appareil inconnu",
}


def test_my_devices_stand_in_plain_words(app: Flask, amina: Visitor) -> None:
    with app.app_context():
        for agent in DEVICES:
            row = SignIn(
                account_id=amina.account_id, token_digest=agent, device=agent, created_at=now(), seen_at=now()
            )
            db.session.add(row)
        db.session.commit()
    amina.get("/connexion/appareils")
    for words in DEVICES.values():
        assert words in amina.page
    assert "<script>alert" not in amina.page
    assert amina.page.count("Cet appareil") == 1


def test_one_device_or_all_others_can_be_ended(app: Flask, amina: Visitor) -> None:
    phone, tablet = Visitor(app, amina.account_id), Visitor(app, amina.account_id)
    with app.app_context():
        ids = list(db.session.scalars(select(SignIn.id).order_by(SignIn.id)))
    amina.get("/connexion/appareils")
    amina.post("/connexion/appareils/fin", {"sign_in_id": ids[1]})
    phone.get("/connexion/appareils", status=302)
    tablet.get("/connexion/appareils")
    amina.post("/connexion/appareils/autres")
    tablet.get("/connexion/appareils", status=302)
    amina.get("/connexion/appareils")


def test_nobody_ends_the_device_of_another_person(amina: Visitor, benoit: Visitor, app: Flask) -> None:
    with app.app_context():
        theirs = db.session.scalars(select(SignIn.id).where(SignIn.account_id == amina.account_id)).one()
    benoit.get("/connexion/appareils")
    benoit.post("/connexion/appareils/fin", {"sign_in_id": theirs})
    for odd in ("x", "", "-1", "9" * 30):
        benoit.get("/connexion/appareils")
        benoit.post("/connexion/appareils/fin", {"sign_in_id": odd}, status=400)
    amina.get("/connexion/appareils")
