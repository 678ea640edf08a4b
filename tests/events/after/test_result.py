"""What everybody reads of a date that is over."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from engage.core.clock import now
from engage.core.db import db
from engage.events.after import actions
from engage.events.after.models import EventCommitment, Face, Feedback, Shown
from engage.events.models import Occurrence
from tests import make
from tests.browser import Visitor
from tests.events.after.conftest import kept
from tests.events.after.test_desk import here, picture, said


@pytest.fixture
def engine_name() -> str:
    """The queries behind it are tried on both engines beside."""
    return "sqlite"


def test_faces_and_words_are_shown_from_five_answers_on(app: Flask, nobody: Visitor) -> None:
    code = kept(app)
    assert "a donné" not in nobody.get(f"/evenements/{code}").text
    said(app, code, "Très clair.", state=Shown.SHOWN)
    said(app, code, "Trop long.", state=Shown.HIDDEN)
    said(app, code, "Pas encore lu.", silent=1)
    page = nobody.get(f"/evenements/{code}").text
    assert "Pas encore assez d’avis" in page
    assert "Très clair." not in page
    assert "J’ai aimé" not in page
    with app.app_context():
        date = db.session.scalars(select(Occurrence)).one()
        db.session.add(Feedback(occurrence_id=date.id, face=Face.POOR))
        db.session.commit()
    page = nobody.get(f"/evenements/{code}").text
    assert "4 personnes sur 5 ont aimé" in page
    assert "Très clair." in page
    assert "Trop long." not in page
    assert "Pas encore lu." not in page


def test_minutes_pictures_and_commitments(app: Flask, nobody: Visitor, chloe: Visitor) -> None:
    code = kept(app)
    chloe.get(here(code, "/photos"))
    chloe.post(here(code, "/photos"), {"photo": picture(), "alt": "Le groupe", "everybody": "y"})
    with app.app_context():
        date = db.session.scalars(select(Occurrence)).one()
        date.minutes_words = "On a parlé du sommeil."
        promise = make.commitment("Un atelier par mois")
        db.session.add(EventCommitment(occurrence_id=date.id, commitment_id=promise.id))
        db.session.commit()
        address = f"/ce-qui-change/{promise.code}"
    page = nobody.get(f"/evenements/{code}").text
    for part in ("On a parlé du sommeil.", 'alt="Le groupe"', "Un atelier par mois", address):
        assert part in page, part
    assert "On a parlé du sommeil." in nobody.get(f"/evenements/{code}/court").text


def test_a_date_that_is_cancelled_or_to_come_gives_nothing(app: Flask, nobody: Visitor) -> None:
    for facts in ({"on_cancelled_at": now()}, {"days": -7}):
        code = kept(app, on_minutes_words="Un compte rendu.", **facts)
        assert "Un compte rendu." not in nobody.get(f"/evenements/{code}").text


def test_who_is_known_reads_it_too(app: Flask, amina: Visitor) -> None:
    code = kept(app, on_minutes_words="Un compte rendu.")
    assert "Un compte rendu." in amina.get(f"/evenements/{code}").text


def test_the_words_of_old_dates_are_gone(app: Flask, nobody: Visitor) -> None:
    code = kept(app, days=200)
    said(app, code, "Très clair.", state=Shown.SHOWN, silent=4)
    assert "Très clair." in nobody.get(f"/evenements/{code}").text
    with app.app_context():
        actions.forget_words(now())
        db.session.commit()
    page = nobody.get(f"/evenements/{code}").text
    assert "5 personnes sur 5" in page
    assert "Très clair." not in page
