"""The coordinator goes with people: she opens the list, moves, plans, notes; each look is in the journal."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.intake.models import Door
from engage.involvement.models import NextStep, PathwayNote, Person, SourceKind, Stage, StageChange
from engage.involvement.sources import actions as sources
from engage.journal.models import Entry
from tests.browser import Visitor
from tests.involvement.people import met
from tests.pages.test_two_clicks import count, twice

HOME = "/equipe/parcours"
NOBODY = {"reply": "none", "email": "", "phone": "", "address": "", "how_long": ""}


@pytest.fixture
def code(app: Flask) -> str:
    with app.app_context():
        person = met("Amina Benali", acts=["group"])
        db.session.commit()
        return person.code


def open_page(chloe: Visitor, code: str) -> str:
    """The address of the page, once the look of today is noted."""
    address = f"{HOME}/{code}"
    chloe.get(address)
    chloe.follow(chloe.post(f"{address}/ouverture"))
    return address


def person(code: str) -> Person:
    return db.session.scalars(select(Person).filter_by(code=code)).one()


def verbs(code: str) -> list[str]:
    rows = select(Entry.verb).where(Entry.subject_ref == code).order_by(Entry.id)
    return list(db.session.scalars(rows))


def test_names_stand_behind_a_press_that_is_noted_once_a_day(app: Flask, chloe: Visitor, code: str) -> None:
    chloe.get(HOME)
    assert "Amina" not in chloe.page
    chloe.follow(chloe.post(f"{HOME}/ouverture"))
    chloe.follow(chloe.post(f"{HOME}/ouverture"))
    assert "Amina Benali" in chloe.page
    chloe.get(f"{HOME}/{code}")
    assert "Amina" not in chloe.page
    assert "exemple.fr" not in chloe.page
    open_page(chloe, code)
    assert "Amina Benali" in chloe.page
    with app.app_context():
        assert verbs("list") == ["people viewed"]
        assert verbs(code) == ["person viewed"]


@pytest.mark.parametrize("deed", ["etape", "prochain-pas", "note", "correction", "pause", "effacement"])
def test_no_deed_shows_the_person_before_the_look_is_noted(chloe: Visitor, code: str, deed: str) -> None:
    came_back = chloe.get(f"{HOME}/{code}/{deed}", status=302)
    assert came_back.headers["Location"] == f"{HOME}/{code}"


def test_a_stage_is_moved_with_who_when_and_why(app: Flask, chloe: Visitor, code: str) -> None:
    address = open_page(chloe, code)
    chloe.get(f"{address}/etape")
    chloe.follow(chloe.post(f"{address}/etape", {"stage": "invited", "words": "Elle veut voir une réunion."}))
    assert "Elle veut voir une réunion." in chloe.page
    with app.app_context():
        change = db.session.scalars(select(StageChange).order_by(StageChange.id.desc())).first()
        assert change is not None
        assert (change.stage, change.by_id) == (Stage.INVITED, chloe.account_id)
        assert "Elle veut" not in str(db.session.connection().exec_driver_sql(
            "SELECT words FROM involvement_stage_change").all())  # fmt: skip


def test_who_moves_second_is_told_and_loses_nothing(app: Flask, chloe: Visitor, code: str) -> None:
    address = open_page(chloe, code)
    chloe.get(f"{address}/etape")
    with app.app_context():
        person(code).name = "Amina B."
        db.session.commit()
    chloe.post(f"{address}/etape", {"stage": "member", "words": "Vient au groupe."}, status=409)
    assert "Vient au groupe." in chloe.page


def test_one_next_step_at_a_time(app: Flask, chloe: Visitor, code: str) -> None:
    address = open_page(chloe, code)
    day = (centre_day(app) + timedelta(days=3)).isoformat()
    chloe.get(f"{address}/prochain-pas")
    step = {"words": "L’appeler", "due_on": day, "owner_id": str(chloe.account_id)}
    chloe.follow(chloe.post(f"{address}/prochain-pas", step))
    assert "L’appeler" in chloe.page
    chloe.post(f"{address}/prochain-pas", step | {"words": "La rencontrer"}, status=409)
    assert "La rencontrer" in chloe.page
    chloe.follow(chloe.post(f"{address}/prochain-pas/fait"))
    chloe.follow(chloe.post(f"{address}/prochain-pas", step | {"words": "La rencontrer"}))
    assert "La rencontrer" in chloe.page
    with app.app_context():
        assert len(db.session.scalars(select(NextStep)).all()) == 2


def centre_day(app: Flask) -> Any:
    with app.app_context():
        return centre_today()


@pytest.mark.parametrize("day", ["2020-01-01", "bientôt", ""])
def test_a_next_step_needs_a_day_to_come(chloe: Visitor, code: str, day: str) -> None:
    address = open_page(chloe, code)
    chloe.get(f"{address}/prochain-pas")
    chloe.post(f"{address}/prochain-pas", {"words": "L’appeler", "due_on": day, "owner_id": ""}, status=422)
    assert "L’appeler" in chloe.page


def test_health_words_are_marked_and_taken_away_or_kept_with_a_reason(
    app: Flask, chloe: Visitor, code: str
) -> None:
    address = open_page(chloe, code)
    chloe.get(f"{address}/note")
    typed = "Vient à l’atelier diabète, fatiguée par sa dépression."
    chloe.post(f"{address}/note", {"words": typed}, status=422)
    assert "<mark>dépression</mark>" in chloe.page
    assert "<mark>diabète</mark>" not in chloe.page
    chloe.follow(chloe.post(f"{address}/note", {"words": typed, "reason": "", "remove": "yes"}))
    assert "Vient à l’atelier diabète, fatiguée par sa […]." in chloe.page
    chloe.get(f"{address}/note")
    chloe.follow(chloe.post(f"{address}/note", {"words": typed, "reason": "Elle le demande.", "remove": ""}))
    assert "Elle le demande." in chloe.page
    with app.app_context():
        rows = db.session.scalars(select(PathwayNote).order_by(PathwayNote.id)).all()
        assert [row.reason for row in rows] == [None, "Elle le demande."]


@pytest.mark.parametrize("deed", ["etape", "prochain-pas"])
def test_no_health_word_stands_elsewhere(chloe: Visitor, code: str, deed: str) -> None:
    address = open_page(chloe, code)
    chloe.get(f"{address}/{deed}")
    fields = {"words": "Elle a un cancer", "due_on": "2099-01-01", "owner_id": ""}
    chloe.post(f"{address}/{deed}", fields, status=422)
    assert "« cancer »" in chloe.page


def test_what_was_begun_before_midnight_is_kept_after_it(app: Flask, chloe: Visitor, code: str) -> None:
    """Nobody has looked today: what is sent is taken, and the look is noted with it."""
    address = f"{HOME}/{code}"
    chloe.post(f"{address}/note", {"words": "Fatiguée par sa dépression."}, status=422)
    assert "Fatiguée" in chloe.page
    with app.app_context():
        assert verbs(code).count("person viewed") == 1
    chloe.follow(chloe.post(f"{address}/note", {"words": "Préfère le soir.", "reason": "", "remove": ""}))
    assert "Préfère le soir." in chloe.page
    with app.app_context():
        assert verbs(code).count("person viewed") == 1


def test_a_note_is_written_once(app: Flask, chloe: Visitor, code: str) -> None:
    twice(chloe, f"{open_page(chloe, code)}/note", {"words": "Préfère le soir.", "reason": "", "remove": ""})
    assert count(app, PathwayNote) == 1


def test_a_note_can_be_taken_back(app: Flask, chloe: Visitor, code: str) -> None:
    address = open_page(chloe, code)
    chloe.get(f"{address}/note")
    chloe.follow(chloe.post(f"{address}/note", {"words": "Préfère le soir."}))
    found = re.search(r"/note/\d+/retrait", chloe.page)
    assert found
    chloe.follow(chloe.post(address + found[0]))
    assert "Préfère le soir." not in chloe.page


def test_somebody_met_at_reception_is_noted_once_with_what_brought_them(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        poster = sources.make(kind=SourceKind.POSTER, label="Affiche 12, pharmacie", by=chloe.account)
        db.session.commit()
        number = poster.id
    fields = NOBODY | {
        "door": "reception", "source": str(number), "stage": "contact", "name": "Zoé Petit",
        "reply": "phone", "phone": "06 12 34 56 78", "whens": ["evening"],
    }  # fmt: skip
    for stage in ("contact", "first_act"):
        chloe.get(f"{HOME}/nouvelle-personne")
        chloe.follow(chloe.post(f"{HOME}/nouvelle-personne", fields | {"stage": stage}))
    assert "Affiche 12, pharmacie" in chloe.page
    with app.app_context():
        one = db.session.scalars(select(Person)).one()
        assert (one.door, one.stage, one.entered_by_id) == (Door.RECEPTION, Stage.FIRST_ACT, chloe.account_id)
    chloe.get(f"{HOME}/nouvelle-personne")
    chloe.post(f"{HOME}/nouvelle-personne", fields | {"name": ""}, status=422)
    assert "06 12 34 56 78" in chloe.page


def test_what_a_person_asks_by_phone_is_done_for_them(app: Flask, chloe: Visitor, code: str) -> None:
    address = open_page(chloe, code)
    chloe.get(f"{address}/correction")
    fields = NOBODY | {"name": "Amina", "reply": "phone", "phone": "06 11 22 33 44", "acts": ["read"]}
    chloe.follow(chloe.post(f"{address}/correction", fields))
    assert "06 11 22 33 44" in chloe.page
    chloe.get(f"{address}/pause")
    chloe.follow(chloe.post(f"{address}/pause", {"until": (centre_day(app) + timedelta(days=9)).isoformat()}))
    assert "En pause jusqu’au" in chloe.page
    chloe.follow(chloe.post(f"{address}/retour"))
    chloe.follow(chloe.post(f"{address}/pas-maintenant"))
    assert "Pas maintenant, dit le" in chloe.page
    chloe.post(f"{address}/numero", status=200)
    found = re.search(r'translate="no">(.*?)<', chloe.page)
    assert found
    stranger = Visitor(app)
    stranger.get("/suivi")
    stranger.follow(stranger.post("/suivi", {"code": found[1]}))
    assert "06 11 22 33 44" in stranger.page
    chloe.get(f"{address}/effacement")
    chloe.post(f"{address}/effacement", {}, status=422)
    chloe.follow(chloe.post(f"{address}/effacement", {"sure": "y"}))
    stranger.get(f"/participer/ma-page/{code}", status=404)


def test_the_list_is_filtered_and_searched_by_name(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        met("Zoé Petit", door=Door.PHONE)
        met("Léa Grand").stage = Stage.MEMBER
        met("Paul Roux").paused_until = centre_today() + timedelta(days=2)
        met("Nina Roy").declined_at = now()
        db.session.commit()
    chloe.get(HOME)
    chloe.follow(chloe.post(f"{HOME}/ouverture"))

    def listed(query: str) -> set[str]:
        chloe.get(f"{HOME}?{query}")
        return set(re.findall(r'<h2><a href="/equipe/parcours/\w+">(\w+)', chloe.page))

    assert listed("show=to_do") == {"Zoé"}
    assert listed("stage=member") == {"Léa"}
    assert listed("door=phone") == {"Zoé"}
    assert listed("show=paused") == {"Paul"}
    assert listed("show=declined") == {"Nina"}
    assert listed("show=mine") == set()
    assert listed("show=nonsense&stage=x&door=y&source=z&page=99999999999") == {"Zoé", "Léa", "Paul"}
    chloe.post(f"{HOME}/recherche", {"words": "zoe"}, status=200)
    assert "Zoé Petit" in chloe.page
    assert "Léa" not in chloe.page
    chloe.post(f"{HOME}/recherche", {"words": ""}, status=302)


def test_a_planned_step_is_changed_until_it_is_done(app: Flask, chloe: Visitor, code: str) -> None:
    address = open_page(chloe, code)
    day = centre_day(app)
    fields = {"words": "L’appeler", "due_on": (day + timedelta(days=3)).isoformat(), "owner_id": ""}
    assert (
        chloe.get(f"{address}/prochain-pas/changement", status=302)
        .headers["Location"]
        .endswith("/prochain-pas")
    )
    chloe.get(f"{address}/prochain-pas")
    chloe.follow(chloe.post(f"{address}/prochain-pas", fields))
    chloe.get(f"{address}/prochain-pas/changement")
    assert "L’appeler" in chloe.page
    later = {"due_on": (day + timedelta(days=9)).isoformat(), "owner_id": str(chloe.account_id)}
    chloe.follow(chloe.post(f"{address}/prochain-pas/changement", fields | later))
    with app.app_context():
        step = db.session.scalars(select(NextStep)).one()
        assert (step.due_on, step.owner_id) == (day + timedelta(days=9), chloe.account_id)


def test_my_day_says_who_waits(app: Flask, chloe: Visitor, code: str) -> None:
    chloe.get("/equipe")
    assert "1 personne attend un signe" in chloe.page
    with app.app_context():
        person(code).declined_at = now()
        db.session.commit()
    chloe.get("/equipe")
    assert "attend un signe" not in chloe.page


def test_the_wishes_of_who_pauses_are_not_turned_into_a_call(app: Flask, chloe: Visitor, code: str) -> None:
    with app.app_context():
        person(code).paused_until = centre_today() + timedelta(days=4)
        db.session.commit()
    open_page(chloe, code)
    assert "personne n’appelle" in chloe.page
    assert "Inviter dans un groupe" not in chloe.page
