"""Who helps around here: found by everyday words, kept up by the team, honest about its age."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from engage.centre.queries import centre_today
from engage.core.db import db
from engage.pages.directory import contact, needs, paper, queries
from engage.pages.directory.models import EntryKind
from tests import make
from tests.browser import Visitor

SAID = {
    "kind": "association",
    "name": "Aide aux repas",
    "does": "Elle livre des repas chez vous.",
    "needs": "manger, cuisine, courses",
    "phone": "04.00.00.00.01",
    "distance_km": "2,5",
    "is_step_free": "yes",
}


def test_an_entry_is_added_found_checked_changed_and_taken_out(
    app: Flask, chloe: Visitor, nobody: Visitor
) -> None:
    chloe.get("/equipe/annuaire/nouveau")
    chloe.post("/equipe/annuaire/nouveau", SAID | {"phone": "04 00", "website": "//"}, status=422)
    assert "pas un numéro français" in chloe.page
    chloe.post("/equipe/annuaire/nouveau", SAID | {"phone": ""}, status=409)
    chloe.follow(chloe.post("/equipe/annuaire/nouveau", SAID))
    assert "jamais vérifié" in chloe.page
    with app.app_context():
        (entry,) = queries.everything()
        code = entry.code
        assert (entry.phone, entry.distance_km, entry.is_step_free) == ("04 00 00 00 01", 2.5, True)
    assert "À vérifier" in nobody.get("/annuaire").get_data(as_text=True)
    assert "À vérifier" not in _after_check(chloe, nobody, code)
    chloe.get(f"/equipe/annuaire/{code}")
    late = chloe.hidden()
    chloe.post(f"/equipe/annuaire/{code}", SAID | {"opening": "Le matin"})
    chloe.post(f"/equipe/annuaire/{code}", late | SAID | {"opening": "Le soir"}, status=409)
    assert "Le soir" in chloe.page
    nobody.get(f"/annuaire/{code}")
    assert 'href="tel:0400000001"' in nobody.page
    assert "Le matin" in nobody.page
    chloe.post(f"/equipe/annuaire/{code}/retrait")
    nobody.get(f"/annuaire/{code}", status=404)
    chloe.get(f"/equipe/annuaire/{code}")
    chloe.post(f"/equipe/annuaire/{code}/retour")
    nobody.get(f"/annuaire/{code}")


@pytest.mark.parametrize("said", ["31/02/2026", "hier", "0000-00-00"])
def test_a_day_that_is_none_is_asked_for_again(chloe: Visitor, said: str) -> None:
    chloe.get("/equipe/annuaire/nouveau")
    chloe.post("/equipe/annuaire/nouveau", SAID | {"checked_on": said}, status=422)
    assert "Aide aux repas" in chloe.page


def _after_check(chloe: Visitor, nobody: Visitor, code: str) -> str:
    chloe.get("/equipe/annuaire")
    chloe.follow(chloe.post(f"/equipe/annuaire/{code}/verification"))
    return nobody.get(f"/annuaire/{code}").get_data(as_text=True)


def test_a_need_in_everyday_words_finds_who_answers_it(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        make.entry("Samu", kind=EntryKind.EMERGENCY, phone="15", does="Il vient en cas de danger.")
        make.entry("Aide aux repas", needs="manger, cuisine")
        make.entry("Relais logement", does="Il aide à trouver un toit.", needs="logement, loyer")
        db.session.commit()
    with app.app_context():
        assert [one.name for one in needs.answering("J’ai besoin de mangé !")] == ["Aide aux repas"]
        assert [one.name for one in needs.answering("un lojement")] == ["Relais logement"]
        assert [one.name for one in needs.answering("mangeoire ou manger")] == ["Aide aux repas"]
        assert not needs.answering("quadrature")
        assert [one.name for one in queries.emergency()] == ["Samu"]
    nobody.get("/annuaire?besoin=logement")
    assert nobody.page.index("Samu") < nobody.page.index("Relais logement")
    assert "Aide aux repas" not in nobody.page
    assert "Appelez-nous" in nobody.get("/annuaire?besoin=quadrature").get_data(as_text=True)


def test_what_was_checked_a_year_ago_is_stale(session: None) -> None:
    today = centre_today()
    assert not queries.is_stale(make.entry(checked_on=today - timedelta(days=queries.FRESH_DAYS)))
    assert queries.is_stale(
        make.entry("Aide aux courses", checked_on=today - timedelta(days=queries.FRESH_DAYS + 1))
    )


def test_a_national_number_never_looks_doubtful(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        code = make.entry("Samu", kind=EntryKind.EMERGENCY, phone="15").code
        make.entry("Assurance maladie", phone="3646")
        make.entry("Urgence par SMS", kind=EntryKind.EMERGENCY, phone="114")
        db.session.commit()
        lines = [line for part in paper.sheet()["parts"] for one in part["entries"] for line in one["lines"]]
    assert "À vérifier" not in nobody.get("/annuaire").get_data(as_text=True)
    assert 'href="tel:114"' not in nobody.page, "who cannot hear writes"
    assert 'href="sms:114"' in nobody.page
    assert "Numéro national" in nobody.get(f"/annuaire/{code}").get_data(as_text=True)
    assert "À vérifier" not in " ".join(lines)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("0400000001", "04 00 00 00 01"),
        ("+33 (0)4 00.00.00.01", "04 00 00 00 01"),
        ("31 14", "3114"),
        ("15", "15"),
        ("116117", "116 117"),
        ("0800235236", "0 800 235 236"),
        ("", ""),
    ],
)
def test_a_number_is_written_one_way(typed: str, written: str) -> None:
    assert contact.phone(typed) == written


@pytest.mark.parametrize("typed", ["04 00", "51", "00 00 00 00 00", "abc", "04 00 00 00 01 02"])
def test_a_wrong_number_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=typed.split(maxsplit=1)[0]):
        contact.phone(typed)


def test_an_english_page_says_that_its_lines_are_french(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        code = make.entry("Aide aux repas", for_whom="Les usagers").code
        make.term("Usager")
        db.session.commit()
    nobody.client.set_cookie("language", "en")
    assert '<p lang="fr">Elle livre' in nobody.get("/annuaire").get_data(as_text=True)
    assert '<div id="mot-usager" lang="fr" dir="ltr">' in nobody.get(f"/annuaire/{code}").get_data(
        as_text=True
    )
    assert '<dl class="words" lang="fr">' in nobody.get("/mots").get_data(as_text=True)
