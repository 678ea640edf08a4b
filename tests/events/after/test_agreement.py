"""Whether somebody may be on pictures: never ticked before, changed at any time."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from engage.core.db import db
from engage.events.kinds import SignUpState
from engage.events.signing.models import SignUp
from tests.browser import Visitor
from tests.events.after.conftest import coming, over
from tests.events.agenda.test_entering import enter
from tests.events.agenda.test_reading import planned
from tests.events.planning.test_desk import filled

MINE = "/evenements/inscription"


@pytest.fixture
def engine_name() -> str:
    """A tick does not depend on the database."""
    return "sqlite"


def agrees(app: Flask) -> tuple[str, bool]:
    """The code of the only sign-up, and what it says."""
    with app.app_context():
        one = db.session.scalars(select(SignUp)).one()
        return one.code, one.agrees_to_photos


def is_ticked(page: str) -> bool:
    found = re.search(r'<input(?=[^>]*name="photos")[^>]*>', page)
    assert found is not None
    return " checked" in found[0]


def test_it_is_asked_and_never_ticked_before(app: Flask, nobody: Visitor) -> None:
    code = planned(app)
    assert not is_ticked(nobody.get(f"/evenements/{code}/inscription").text)
    nobody.follow(enter(nobody, code))
    assert agrees(app)[1] is False


def test_who_agrees_may_change_their_mind(app: Flask, nobody: Visitor) -> None:
    nobody.follow(enter(nobody, planned(app), {"photos": "y"}))
    mine, yes = agrees(app)
    assert yes
    page = nobody.get(f"{MINE}/{mine}/changement").text
    assert is_ticked(page)
    nobody.follow(nobody.post(f"{MINE}/{mine}/changement", {"needs": [], "needs_words": ""}))
    assert agrees(app)[1] is False
    assert "Vous n’avez pas dit oui aux photos" in nobody.page
    nobody.follow(nobody.post(f"{MINE}/{mine}/photos", {"photos": "yes"}))
    assert agrees(app)[1] is True
    assert "Vous acceptez d’être en photo" in nobody.page


def test_also_after_the_date(app: Flask, amina: Visitor, benoit: Visitor) -> None:
    with app.app_context():
        facts = {"account_id": amina.account_id, "agrees_to_photos": True}
        coming(over(people=0), "Amina", SignUpState.ATTENDED, **facts)
        db.session.commit()
    mine = agrees(app)[0]
    assert "Je ne veux plus être en photo" in amina.get(f"{MINE}/{mine}").text
    page = amina.follow(amina.post(f"{MINE}/{mine}/photos", {"photos": "no"})).text
    assert "nous la retirons" in page
    assert agrees(app)[1] is False
    benoit.post(f"{MINE}/{mine}/photos", {"photos": "yes"}, status=404)
    assert agrees(app)[1] is False


def test_the_team_asks_for_who_is_at_the_desk(app: Flask, chloe: Visitor) -> None:
    here = f"/equipe/evenements/dates/{planned(app)}"
    chloe.get(f"{here}/inscription")
    said = {"name": "Rosa", "reply": "reception", "photos": "y"}
    chloe.post(f"{here}/inscription", filled(chloe.page) | said, status=200)
    assert agrees(app)[1] is True
    assert "Accepte d’être en photo" in chloe.post(f"{here}/liste", status=200).text
