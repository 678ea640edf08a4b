"""The tablet of the waiting room: writes ideas, keeps nothing, opens nothing else."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.db import db
from engage.ideas.models import Idea, Publication
from engage.intake import actions
from engage.intake.models import Door, Draft, Kiosk
from tests import make
from tests.browser import Visitor
from tests.ideas.box import pen


@pytest.fixture
def code(app: Flask, chloe: Visitor) -> str:
    with app.app_context():
        kiosk = actions.open_kiosk("Salle d’attente", by=db.session.get_one(Account, chloe.account_id))
        db.session.commit()
        return kiosk.code


@pytest.fixture
def tablet(nobody: Visitor, code: str) -> Visitor:
    nobody.get(f"/borne/{code}")
    nobody.follow(nobody.post(f"/borne/{code}"))
    return nobody


def test_a_tablet_is_started_by_a_button_and_only_where_one_is_open(
    app: Flask, nobody: Visitor, code: str
) -> None:
    nobody.get("/borne/zzzzzzzz", status=404)
    nobody.get("/borne/%00", status=404)
    nobody.get(f"/borne/{code}")
    assert "Démarrer" in nobody.page
    assert 'class="kiosk"' not in nobody.page
    nobody.follow(nobody.post(f"/borne/{code}"))
    assert 'class="kiosk"' in nobody.page
    assert "Commencer" in nobody.page


def test_whoever_is_signed_in_is_signed_out(chloe: Visitor, code: str) -> None:
    chloe.get(f"/borne/{code}")
    chloe.post(f"/borne/{code}")
    with chloe.client.session_transaction() as held:
        assert "_user_id" not in held


def test_the_same_steps_lead_to_a_code_to_note(app: Flask, tablet: Visitor, code: str) -> None:
    assert pen.send(tablet)
    assert 'class="kiosk"' in tablet.page
    assert "terminer" in tablet.page
    assert "data-idle-seconds" in tablet.page
    for elsewhere in ("/connexion", "/idees/suivie", "Lire d’autres idées"):
        assert elsewhere not in tablet.page
    with app.app_context():
        assert db.session.scalars(select(Idea)).one().door is Door.KIOSK
    with tablet.client.session_transaction() as held:
        assert "follow" not in held
        assert "draft" not in held


def test_nothing_is_kept_in_the_history(tablet: Visitor, code: str) -> None:
    for path in (f"/borne/{code}", "/idees/nouvelle"):
        assert tablet.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/connexion", "/idees", "/suivi", "/nowhere"])
def test_every_other_page_comes_back_to_the_start(tablet: Visitor, code: str, path: str) -> None:
    assert tablet.get(path, status=302).headers["Location"] == f"/borne/{code}"


def test_a_closed_page_leads_to_the_start_by_way_of_the_door(tablet: Visitor, code: str) -> None:
    door = tablet.get("/mon-espace", status=302)
    assert tablet.follow(door, status=302).headers["Location"] == f"/borne/{code}"


def test_no_support_on_a_tablet(app: Flask, tablet: Visitor, code: str) -> None:
    with app.app_context():
        idea = make.idea(publication=Publication.PUBLIC)
        make.findable(idea)
        db.session.commit()
        public = idea.code
    tablet.get("/idees/nouvelle")
    assert tablet.post(f"/idees/{public}/soutien").headers["Location"] == f"/borne/{code}"
    with app.app_context():
        assert db.session.scalars(select(Idea)).one().support_count == 0


def test_wiping_leaves_neither_words_nor_choices(app: Flask, tablet: Visitor, code: str) -> None:
    tablet.get("/langue/en?next=/idees/nouvelle", status=302)
    tablet.get("/idees/nouvelle")
    tablet.post("/idees/nouvelle", {"text": pen.BANC})
    tablet.follow(tablet.post(f"/borne/{code}/effacer"))
    assert 'lang="fr"' in tablet.page
    tablet.get("/idees/nouvelle")
    assert pen.BANC not in tablet.page
    with app.app_context():
        assert db.session.scalars(select(Draft)).all() == []


def test_wiping_after_sending_hides_the_code(tablet: Visitor, code: str) -> None:
    pen.send(tablet)
    tablet.post(f"/borne/{code}/effacer")
    assert tablet.get("/idees/nouvelle/envoyee", status=302).headers["Location"] == "/idees/nouvelle"


def test_a_photo_is_neither_asked_for_nor_kept(app: Flask, tablet: Visitor) -> None:
    tablet.get("/idees/nouvelle")
    assert 'type="file"' not in tablet.page
    tablet.post("/idees/nouvelle", {"text": pen.BANC, "photo": (pen.photo(), "a.jpg")})
    with app.app_context():
        assert db.session.scalars(select(Draft)).one().photo is None


def test_a_tablet_closed_from_the_desk_is_an_ordinary_browser_again(
    app: Flask, tablet: Visitor, code: str
) -> None:
    with app.app_context():
        kiosk = db.session.scalars(select(Kiosk)).one()
        actions.close_kiosk(kiosk, by=db.session.get_one(Account, kiosk.opened_by_id))
        db.session.commit()
    tablet.get(f"/borne/{code}", status=404)
    assert 'class="kiosk"' not in tablet.page
    tablet.get("/idees")


def test_a_private_message_can_be_sent_from_a_tablet(tablet: Visitor) -> None:
    tablet.get("/idees/autre-voie")
    assert 'class="kiosk"' in tablet.page
    tablet.follow(tablet.post("/idees/autre-voie", {"text": "Un secret."}))
    assert 'class="kiosk"' in tablet.page


def test_errors_on_a_tablet_keep_its_shape(tablet: Visitor) -> None:
    tablet.get("/idees/nouvelle/photo", status=404)
    assert 'class="kiosk"' in tablet.page
