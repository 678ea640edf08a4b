"""My own page is mine: I see, correct, go down, pause, come back, and erase all of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from engage.centre.queries import centre_today
from engage.core.db import db
from engage.intake import actions as intake
from engage.intake.models import FollowUp
from engage.involvement import actions, queries
from engage.involvement.models import PathwayNote, Person, Stage, StageChange
from engage.involvement.pathway import actions as pathway
from engage.involvement.telling import KIND
from engage.journal.models import Entry
from tests.browser import Visitor
from tests.involvement.people import met


@pytest.fixture
def mine(app: Flask, nobody: Visitor) -> str:
    """The address of the page of Amina, whose number was typed in this browser."""
    with app.app_context():
        person = met("Amina", stage=Stage.INVITED, contact="amina@exemple.fr")
        number, code = intake.open_follow_up(KIND, person.code), person.code
        db.session.commit()
    nobody.get("/suivi")
    nobody.follow(nobody.post("/suivi", {"code": number}))
    return f"/participer/ma-page/{code}"


def test_nobody_else_opens_it(app: Flask, mine: str, amina: Visitor) -> None:
    for stranger in (Visitor(app), amina):
        for deed in ("", "/copie", "/correction", "/pause", "/effacement"):
            stranger.get(mine + deed, status=404)
        for deed in ("/descendre", "/retour", "/pas-maintenant", "/effacement"):
            stranger.post(mine + deed, {}, status=404)
        stranger.get(f"{mine}/ouvrir/{'a' * 32}", status=404)


def test_it_shows_all_that_is_kept_even_notes(app: Flask, nobody: Visitor, mine: str, chloe: Visitor) -> None:
    with app.app_context():
        person = db.session.scalars(select(Person)).one()
        pathway.note(person, words="Préfère le soir.", reason="", by=chloe.account)
        why = "Elle demande une place assise."
        pathway.note(person, words="Elle est dépressive.", reason=why, by=chloe.account)
        due = centre_today() + timedelta(days=2)
        pathway.plan(person, words="L’appeler", due_on=due, owner_id=chloe.account_id, by=chloe.account)
        db.session.commit()
    nobody.get(mine)
    for words in (
        "amina@exemple.fr",
        "Préfère le soir.",
        "L’appeler",
        "Vous êtes ici.",
        "Elle demande une place assise.",
    ):
        assert words in nobody.page
    copy = json.loads(nobody.get(f"{mine}/copie").get_data(as_text=True))
    assert copy["notes"][1]["words"] == "Préfère le soir."
    assert copy["notes"][0]["reason"] == "Elle demande une place assise."
    assert copy["stage"] == "invited"
    nobody.get("/vos-donnees")
    assert "/participer/ma-page" in nobody.page


def test_a_rung_down_in_one_press_and_twice_is_once(app: Flask, nobody: Visitor, mine: str) -> None:
    nobody.get(mine)
    fields = nobody.hidden() | {"stage": "invited"}
    for _press in range(2):
        nobody.post(f"{mine}/descendre", fields)
    with app.app_context():
        assert db.session.scalars(select(Person)).one().stage is Stage.FIRST_ACT


def test_there_is_nothing_below_the_first_rung(app: Flask, nobody: Visitor, mine: str) -> None:
    with app.app_context():
        db.session.scalars(select(Person)).one().stage = Stage.CONTACT
        db.session.commit()
    nobody.get(mine)
    assert "/descendre" not in nobody.page
    nobody.post(f"{mine}/descendre", {"stage": "contact"}, status=409)


def test_what_i_said_is_corrected(nobody: Visitor, mine: str) -> None:
    nobody.get(f"{mine}/correction")
    assert 'value="amina@exemple.fr"' in nobody.page
    wrong = {"name": "Mina", "reply": "phone", "phone": "12", "acts": ["read"]}
    nobody.post(f"{mine}/correction", wrong, status=422)
    assert 'value="Mina"' in nobody.page
    nobody.follow(nobody.post(f"{mine}/correction", wrong | {"phone": "06 12 34 56 78"}))
    assert "06 12 34 56 78" in nobody.page
    assert "amina@exemple.fr" not in nobody.page


def test_a_pause_has_an_end_and_can_end_earlier(app: Flask, nobody: Visitor, mine: str) -> None:
    with app.app_context():
        today = centre_today()
    nobody.get(f"{mine}/pause")
    for day in (today, today - timedelta(days=1), today + timedelta(days=3000)):
        nobody.post(f"{mine}/pause", {"until": day.isoformat()}, status=422)
    nobody.follow(nobody.post(f"{mine}/pause", {"until": (today + timedelta(days=5)).strftime("%d/%m/%Y")}))
    assert "Vous faites une pause jusqu’au" in nobody.page
    nobody.follow(nobody.post(f"{mine}/retour"))
    assert "Vous faites une pause" not in nobody.page


def test_not_now_is_taken_as_it_is_said(nobody: Visitor, mine: str) -> None:
    nobody.get(mine)
    nobody.follow(nobody.post(f"{mine}/pas-maintenant"))
    assert "Vous avez dit\u00a0: pas maintenant" in nobody.page
    nobody.follow(nobody.post(f"{mine}/retour"))
    assert "Vous avez dit\u00a0: pas maintenant" not in nobody.page


def test_erasing_leaves_nothing(app: Flask, nobody: Visitor, mine: str) -> None:
    nobody.get(f"{mine}/effacement")
    nobody.post(f"{mine}/effacement", {}, status=422)
    nobody.follow(nobody.post(f"{mine}/effacement", {"sure": "y"}))
    nobody.get(mine, status=404)
    with app.app_context():
        for model in (Person, StageChange, PathwayNote, FollowUp):
            assert db.session.scalars(select(model)).all() == []


def test_the_way_in_leads_where_one_begins(nobody: Visitor, amina: Visitor) -> None:
    assert nobody.get("/participer/ma-page", status=302).headers["Location"] == "/suivi"
    assert amina.get("/participer/ma-page", status=302).headers["Location"] == "/participer"


def test_erasing_an_account_erases_the_way_too_and_the_copy_holds_it(app: Flask, amina: Visitor) -> None:
    with app.app_context():
        met("Amina", account=amina.account)
        db.session.commit()
    copy = json.loads(amina.get("/vos-donnees/copie").get_data(as_text=True))
    assert copy["participation"]["stage"] == "interest"
    amina.get("/vos-donnees/effacement")
    amina.post("/vos-donnees/effacement", {"sure": "y"})
    with app.app_context():
        assert db.session.scalars(select(Person)).all() == []


def test_i_take_away_what_was_written_about_me_piece_by_piece(
    app: Flask, nobody: Visitor, mine: str, chloe: Visitor
) -> None:
    with app.app_context():
        person = db.session.scalars(select(Person)).one()
        actions.move(person, Stage.ACCOMPANIED, by=chloe.account, words="Elle hésite encore.")
        note = pathway.note(person, words="Préfère le soir.", reason="", by=chloe.account)
        step = pathway.plan(person, words="La voir", due_on=centre_today(), owner_id=None, by=chloe.account)
        change = queries.history(person)[-1][0]
        db.session.commit()
        addresses = [f"note/{note.id}", f"prochain-pas/{step.id}", f"mots/{change.id}"]
        written = ["Préfère le soir.", "La voir", "Elle hésite encore."]
    for address, words in zip(addresses, written, strict=True):
        Visitor(app).post(f"{mine}/{address}/retrait", {}, status=404)
        nobody.get(mine)
        assert words in nobody.page
        for _twice in range(2):
            nobody.follow(nobody.post(f"{mine}/{address}/retrait", {}))
            assert words not in nobody.page
    with app.app_context():
        verbs = [one.verb for one in db.session.scalars(select(Entry)) if one.verb.endswith("by them")]
        assert sorted(verbs) == [
            "next step erased by them", "note erased by them", "stage words erased by them",
        ]  # fmt: skip
