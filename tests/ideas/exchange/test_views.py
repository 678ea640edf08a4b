"""Bring in, take out, as the coordinator sees it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from engage.accounts.models import Role
from engage.core.db import db
from engage.ideas.exchange.forms import MOST_LINES
from engage.ideas.models import Idea, Publication
from engage.intake.models import Draft, Reply
from engage.journal.models import Entry
from tests import make
from tests.browser import Visitor
from tests.ideas.exchange.sheet import GOOD, REAL, needs_real

BAD = f"{GOOD}Une rampe,🙂,,,\n"


def count(app: Flask, model: Any = Idea) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def send(visitor: Visitor, content: bytes | str, *, status: int = 302) -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    visitor.get("/equipe/donnees/import")
    file = (io.BytesIO(data), "idées.csv")
    sent = visitor.post("/equipe/donnees/import", {"file": file}, status=status)
    return visitor.follow(sent) if status == 302 else sent


@pytest.fixture
def staff(app: Flask) -> Visitor:
    """Somebody of the team who does not steer."""
    with app.app_context():
        account = make.account("Samir", Role.STAFF)
        db.session.commit()
        account_id = account.id
    return Visitor(app, account_id)


@needs_real
def test_the_real_file_is_read_first_and_written_on_demand(app: Flask, chloe: Visitor) -> None:
    send(chloe, REAL.read_bytes())
    assert "41 nouvelles idées" in chloe.page
    assert "Structurer des outils de recueil des besoins" in chloe.page
    assert count(app) == 0
    chloe.follow(chloe.post("/equipe/donnees/import/verification"))
    assert "41 idées importées." in chloe.page
    assert count(app) == 41
    assert count(app, Draft) == 0
    send(chloe, REAL.read_bytes())
    assert "41 déjà présentes" in chloe.page
    assert "Importer 41" not in chloe.page


def test_a_double_click_brings_each_idea_once(app: Flask, chloe: Visitor) -> None:
    send(chloe, GOOD)
    chloe.post("/equipe/donnees/import/verification")
    again = chloe.post("/equipe/donnees/import/verification")
    assert again.headers["Location"].endswith("/import")
    assert count(app) == 2


def test_a_bad_line_is_shown_and_nothing_is_written_without_leaving_it_out(
    app: Flask, chloe: Visitor
) -> None:
    send(chloe, BAD)
    assert "Le texte est vide." in chloe.page
    assert "Importer seulement les 2 lignes lisibles" in chloe.page
    chloe.post("/equipe/donnees/import/verification", {"skip_bad": ""}, status=409)
    assert "rien n’est importé" in chloe.page
    assert count(app) == 0
    chloe.get("/equipe/donnees/import/verification")
    chloe.follow(chloe.post("/equipe/donnees/import/verification"))
    assert count(app) == 2


def test_held_ideas_wait(app: Flask, chloe: Visitor) -> None:
    send(chloe, GOOD)
    chloe.post("/equipe/donnees/import/verification", {"hold": "y"})
    with app.app_context():
        assert set(db.session.scalars(select(Idea.publication))) == {Publication.WAITING}


def test_the_file_waits_encrypted_between_the_two_steps(app: Flask, chloe: Visitor) -> None:
    send(chloe, GOOD)
    with app.app_context():
        stored = db.session.connection().exec_driver_sql("SELECT content FROM draft").scalar_one()
        assert "banc" not in stored
        assert "dGl0bGUs" not in stored  # "title," in base64


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Le fichier est vide."),
        (b"text\n", "ne contient aucune idée"),
        (b"titre\nUn banc\n", "Aucune colonne ne s’appelle «\u00a0text\u00a0»."),
        (b"text\nUn banc\n\x81\x8d\n", "Ce fichier n’est pas du texte simple."),
        (b"text\n" + b"un banc\n" * (MOST_LINES + 1), "500 lignes au plus"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_plainly(chloe: Visitor, content: bytes, sentence: str) -> None:
    send(chloe, content, status=422)
    assert sentence in chloe.page


def test_a_file_that_is_too_heavy_is_refused(chloe: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engage.core.forms.SHEET_BYTES", len(GOOD) - 1)
    send(chloe, GOOD, status=422)
    assert "Ce fichier est trop lourd" in chloe.page


def test_no_file_is_told_too(chloe: Visitor) -> None:
    chloe.get("/equipe/donnees/import")
    chloe.post("/equipe/donnees/import", status=422)
    assert "Choisissez un fichier." in chloe.page
    assert (
        chloe.get("/equipe/donnees/import/verification", status=302).headers["Location"].endswith("/import")
    )


def test_words_of_a_file_are_never_markup(chloe: Visitor) -> None:
    send(chloe, "text,<b>note</b>\n<script>alert(1)</script>,x\n")
    assert "<script>alert" not in chloe.page
    assert "&lt;b&gt;note&lt;/b&gt;" in chloe.page


def take(visitor: Visitor, *, status: int = 200, **said: str) -> TestResponse:
    """The answer, read to its end."""
    visitor.get("/equipe/donnees")
    sent = visitor.post("/equipe/donnees/export", {"kind": "json"} | said, status=status)
    assert sent.data
    return sent


@pytest.fixture
def idea(app: Flask) -> None:
    with app.app_context():
        make.idea(reply=Reply.MAIL, contact="jeanne@exemple.fr", theme_id=make.theme("reach").id)
        make.idea("Une rampe", publication=Publication.PUBLIC)
        db.session.commit()


def test_the_team_takes_ideas_out_without_contacts_and_the_journal_says_so(
    app: Flask, staff: Visitor, idea: None
) -> None:
    sent = take(staff)
    assert sent.headers["Content-Disposition"].startswith('attachment; filename="idees-')
    assert sent.headers["Cache-Control"] == "no-store"
    assert int(sent.headers["Content-Length"]) == len(sent.data)
    assert len(json.loads(sent.data)["ideas"]) == 2
    assert b"jeanne@exemple.fr" not in sent.data
    with app.app_context():
        assert [(entry.verb, entry.note) for entry in db.session.scalars(select(Entry))] == [
            ("exported", "json, 2")
        ]


def test_filters_narrow_what_goes_out(chloe: Visitor, idea: None) -> None:
    assert len(json.loads(take(chloe, theme="reach").data)["ideas"]) == 1
    assert len(json.loads(take(chloe, publication="waiting").data)["ideas"]) == 1
    assert (
        len(json.loads(take(chloe, since="2026-01-01", progress="received", door="web").data)["ideas"]) == 2
    )
    take(chloe, since="2026-02-01", until="2026-01-01", status=422)
    assert "avant le premier" in chloe.page


def test_contacts_ask_for_a_reason_that_the_journal_keeps(app: Flask, chloe: Visitor, idea: None) -> None:
    take(chloe, with_contacts="y", status=422)
    assert "Dites pourquoi" in chloe.page
    sent = take(chloe, with_contacts="y", reason="Inviter à la réunion")
    assert json.loads(sent.data)["ideas"][0]["contact"] == "jeanne@exemple.fr"
    with app.app_context():
        entry = db.session.scalars(select(Entry)).one()
        assert (entry.verb, entry.note) == ("exported with contacts", "json, 2: Inviter à la réunion")


def test_contacts_are_not_for_everyone_of_the_team(app: Flask, staff: Visitor, idea: None) -> None:
    staff.get("/equipe/donnees")
    assert "contacts" not in staff.page
    take(staff, with_contacts="y", reason="Par curiosité", status=403)
    assert count(app, Entry) == 0
    for path in ("/equipe/donnees/import", "/equipe/donnees/import/verification"):
        staff.get(path, status=403)
    staff.post("/equipe/donnees/import/verification", status=403)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_other_kinds_go_out_too(chloe: Visitor, idea: None, kind: str) -> None:
    assert take(chloe, kind=kind).headers["Content-Disposition"].endswith(f'.{kind}"')
    take(chloe, kind="exe", status=422)


def test_the_dictionary_can_be_read_and_taken_home(staff: Visitor) -> None:
    staff.get("/equipe/donnees/dictionnaire")
    assert '<code lang="en">published_at</code>' in staff.page
    assert b"published_at" in staff.get("/equipe/donnees/dictionnaire.csv").data
    staff.get("/equipe/donnees/dictionnaire.exe", status=404)


@pytest.mark.parametrize("who", ["amina", "benoit"])
def test_nothing_of_this_is_for_patients(app: Flask, request: pytest.FixtureRequest, who: str) -> None:
    visitor: Visitor = request.getfixturevalue(who)
    for path in ("", "/import", "/import/verification", "/dictionnaire", "/dictionnaire.csv"):
        visitor.get(f"/equipe/donnees{path}", status=403)
    visitor.post("/equipe/donnees/export", {"kind": "json"}, status=403)
