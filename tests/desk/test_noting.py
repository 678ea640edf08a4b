"""One idea by phone or at reception, on one screen, with its code aloud and on paper."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import select

from engage.core.db import db
from engage.desk.noting.queries import aloud
from engage.ideas.models import Idea, Publication
from engage.intake.models import Door, Reply
from tests.browser import Visitor

SAID = {
    "door": "phone",
    "text": "On n’entend pas appeler son nom.",
    "theme": "reach",
    "public": "yes",
    "reply": "phone",
    "phone": "06 12 34 56 78",
    "first_name": "Odette",
}


def noted(app: Flask) -> Idea:
    with app.app_context():
        return db.session.scalars(select(Idea)).one()


def test_note_what_somebody_says_on_the_phone(app: Flask, chloe: Visitor, nobody: Visitor) -> None:
    chloe.get("/equipe/noter")
    chloe.follow(chloe.post("/equipe/noter", SAID))
    idea = noted(app)
    assert (idea.door, idea.reply, idea.contact, idea.first_name) == (
        Door.PHONE,
        Reply.PHONE,
        "06 12 34 56 78",
        "Odette",
    )
    assert (idea.entered_by_id, idea.publication, idea.theme_id) == (chloe.account_id, Publication.WAITING, 1)
    found = re.search(r'class="code" translate="no">([^<]+)<', chloe.page)
    assert found
    nobody.get("/suivi")
    nobody.follow(nobody.post("/suivi", {"code": found[1]}))
    assert "On n’entend pas appeler son nom." in nobody.page
    assert chloe.get("/equipe/noter/numero.pdf").data.startswith(b"%PDF")


def test_sent_twice_it_is_one_idea_and_one_code(app: Flask, chloe: Visitor) -> None:
    chloe.get("/equipe/noter")
    form = {**chloe.hidden(), **SAID}
    chloe.follow(chloe.post("/equipe/noter", form))
    first = chloe.page
    chloe.follow(chloe.post("/equipe/noter", form))
    assert chloe.page.count("<li>") == first.count("<li>")
    noted(app)


def test_what_is_missing_is_said_and_nothing_is_lost(chloe: Visitor) -> None:
    chloe.get("/equipe/noter")
    chloe.post("/equipe/noter", {"text": "Un banc.", "reply": "phone", "phone": ""}, status=422)
    assert "Dites où est la personne." in chloe.page
    assert "Un banc." in chloe.page


def test_the_page_of_the_code_belongs_to_who_noted(chloe: Visitor, admin: Visitor) -> None:
    chloe.get("/equipe/noter")
    chloe.post("/equipe/noter", SAID)
    admin.get("/equipe/noter/numero", status=404)
    admin.get("/equipe/noter/numero.pdf", status=404)


def test_each_sign_is_said_as_on_the_phone(session: None) -> None:
    assert aloud("7KM-4QX") == [
        ["7", "K comme Kléber", "M comme Marcel"],
        ["4", "Q comme Quentin", "X comme Xavier"],
    ]
