"""The page that takes a code, and the private way for a complaint."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engage.centre.models import Complaint, Contact, WayOut
from engage.core.db import db
from engage.ideas.models import Idea
from engage.intake.models import Draft
from engage.outbox.models import Message
from tests.browser import Visitor
from tests.ideas.box import pen

FIELDS = (
    *("text", "alt", "relation", "summary", "consent", "go", "website", "theme", "public", "reply"),
    *("email", "phone", "address", "first_name", "submission_key", "contact", "calm"),
)
SECRET = "Le docteur m’a mal parlé."


@pytest.mark.parametrize(
    "typed", ["", "ABC-DEF-GHJ", "x" * 100_000, "\x00", "<b>", "%00%FF", "👍👍👍👍👍👍👍👍👍"]
)
def test_a_wrong_code_is_said_kindly_and_never_given_back(nobody: Visitor, typed: str) -> None:
    nobody.get("/suivi")
    nobody.post("/suivi", {"code": typed}, status=422)
    assert "govuk-error-summary" in nobody.page
    assert "<b>" not in nobody.page.split("<main", 1)[1]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_any_text_typed_as_a_code_is_answered(app: Flask, nobody: Visitor) -> None:
    nobody.get("/suivi")

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(max_size=300))
    def typed(code: str) -> None:
        nobody.post("/suivi", {"code": code}, status=422)

    typed()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_any_text_in_any_field_of_the_way_is_answered(app: Flask, nobody: Visitor) -> None:
    """Whatever is typed, each step answers: on to the next, or the same page with a sentence."""
    app.extensions["engage_settings"].limits["way_out"] = "1000/minute"
    fields = st.fixed_dictionaries({name: st.text(max_size=200) for name in FIELDS})

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(fields)
    def typed(said: dict[str, str]) -> None:
        nobody.get("/idees/nouvelle")
        token = {"csrf_token": nobody.hidden()["csrf_token"]}
        for path in ("", "/theme", "/reponse", "/pause", "/envoi"):
            answer = nobody.client.post(f"/idees/nouvelle{path}", data=said | token)
            assert answer.status_code in {302, 422}, (path, said)
        answer = nobody.client.post("/idees/autre-voie", data=said | token)
        assert answer.status_code in {200, 302, 422}, said

    typed()


def test_the_private_way_names_who_listens(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    with app.app_context():
        db.session.add(Contact(kind=WayOut.MEDIATOR, name="Paule Roux", phone="04 11 11 11 11"))
        db.session.add(
            Contact(kind=WayOut.REPRESENTATIVES, name="Commission des usagers", email="cdu@exemple.fr")
        )
        db.session.commit()
    nobody.get("/idees/autre-voie")
    for words in ("Chloé", "Paule Roux", "04 11 11 11 11", "cdu@exemple.fr", "reste privé"):
        assert words in nobody.page


def test_a_private_message_never_becomes_an_idea(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    nobody.get("/idees/autre-voie")
    form = nobody.hidden()
    nobody.post("/idees/autre-voie", {"text": ""}, status=422)
    for _twice in range(2):
        nobody.follow(nobody.post("/idees/autre-voie", form | {"text": SECRET, "contact": "06 00 00 00 00"}))
    assert "Votre message privé est envoyé" in nobody.page
    with app.app_context():
        assert db.session.scalars(select(Complaint)).one().text == SECRET
        assert db.session.scalars(select(Idea)).all() == []
        assert SECRET not in db.session.scalars(select(Message)).one().body


def test_what_was_begun_as_an_idea_is_typed_once(app: Flask, nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.follow(nobody.post("/idees/nouvelle", {"text": SECRET, "go": "way_out"}))
    assert SECRET in nobody.page
    nobody.post("/idees/autre-voie", {"text": SECRET})
    with app.app_context():
        assert db.session.scalars(select(Draft)).all() == []


def test_distress_in_a_private_message_meets_calm_first(app: Flask, nobody: Visitor) -> None:
    nobody.get("/idees/autre-voie")
    nobody.post("/idees/autre-voie", {"text": "Je veux mourir."}, status=200)
    assert 'href="tel:3114"' in nobody.page
    with app.app_context():
        assert db.session.scalars(select(Complaint)).all() == []
    nobody.post("/idees/autre-voie", status=200)
    assert 'href="tel:3114"' in nobody.page
    with app.app_context():
        assert db.session.scalars(select(Complaint)).one().text == "Je veux mourir."


def test_a_form_without_its_token_gives_the_words_back(nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.post("/idees/nouvelle", {"text": pen.BANC, "csrf_token": "stale"}, status=400)
    assert pen.BANC in nobody.page


@pytest.mark.parametrize("path", ["/idees/nouvelle/envoi", "/idees/nouvelle/effacer", "/suivi/fin"])
def test_what_only_posts_does_not_open_by_a_link(nobody: Visitor, path: str) -> None:
    nobody.get(path, status=405)


def test_markup_typed_anywhere_is_shown_as_typed(nobody: Visitor) -> None:
    evil = "<img src=x onerror=alert(1)> ' OR 1=1 -- \"; DROP TABLE account"
    pen.write(nobody, evil, reply="letter", address=evil, first_name=evil[:60])
    nobody.get("/idees/nouvelle/relecture")
    assert "<img src=x" not in nobody.page
    nobody.follow(nobody.post("/idees/nouvelle/envoi"))
    assert "<img src=x" not in nobody.page
    assert "&lt;img src=x" in nobody.page


def test_broken_utf_8_is_read_and_not_a_failure(nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    token = nobody.hidden()["csrf_token"].encode()
    body = b"csrf_token=" + token + b"&text=Un+banc+%FF%FE%C3%28+devant"
    kind = "application/x-www-form-urlencoded"
    assert nobody.client.post("/idees/nouvelle", data=body, content_type=kind).status_code == 302


def test_ten_megabytes_are_refused_in_words(nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.post("/idees/nouvelle", {"text": "a" * 10_000_000}, status=413)


NASTY = ("\x00" * 20, "\u202e\u200b" * 20, "🎉" * 50, "' OR 1=1; --", "<script>alert(1)", "x" * 50_000)


@pytest.mark.parametrize("nasty", NASTY)
def test_what_no_engine_should_meet_is_met_by_none(app: Flask, nobody: Visitor, nasty: str) -> None:
    """The same words in every field of every form, on both engines: an answer each time, never a failure."""
    pen.send(nobody)
    with app.app_context():
        code = db.session.scalars(select(Idea.code)).one()
    said = dict.fromkeys((*FIELDS, "code", "sure"), nasty)
    nobody.get("/idees/nouvelle")
    said["csrf_token"] = nobody.hidden()["csrf_token"]
    paths = [f"/idees/nouvelle{path}" for path in ("", "/theme", "/reponse", "/pause", "/envoi")]
    paths += ["/suivi", "/idees/autre-voie"]
    paths += [f"/idees/{code}/{deed}" for deed in ("precision", "question", "contact", "retrait")]
    for path in paths:
        answer = nobody.client.post(path, data=said)
        assert answer.status_code in {200, 302, 409, 422}, (path, answer.status_code)
