"""Out as a table and in again unchanged, whatever was typed; one name once; no day to come."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from flask import Flask

from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.errors import Refused
from engage.pages.bringing import Change
from engage.pages.directory import actions, plan, queries
from engage.pages.directory.models import EntryKind
from engage.pages.glossary import plan as words
from tests import make
from tests.browser import Visitor

TYPED = "Elle livre des repas\u202f!\nChez vous\u00a0: le midi."
SAID = {
    "kind": "association",
    "name": "Aide aux repas",
    "does": "Elle livre.",
    "phone": "15",
    "is_step_free": "",
}


def test_what_goes_out_comes_in_as_the_same(app: Flask) -> None:
    with app.app_context():
        by = make.account("Zoé")
        gone = make.entry("Aide ; repas", does="Autre chose.")
        actions.withdraw(gone, by=by)
        make.entry("Aide ; repas", does=TYPED, needs="=manger,\ncourses", access="-2 marches")
        found = plan.read(io.BytesIO("".join(plan.lines()).encode()))
        assert [line.change for line in found.lines] == [Change.SAME]
        assert not found.faults
        with pytest.raises(Refused):
            actions.put_back(gone, by=by)


def test_one_name_stands_once(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        make.entry("AIDE AUX REPAS, Ville")
        db.session.commit()
    chloe.get("/equipe/annuaire/nouveau")
    shown = chloe.page
    for _click in range(2):
        chloe.page = shown
        chloe.post("/equipe/annuaire/nouveau", SAID)
    chloe.page = shown
    chloe.post("/equipe/annuaire/nouveau", SAID | {"name": "Aide aux repas, ville"}, status=409)
    assert "déjà dans l’annuaire" in chloe.page
    with app.app_context():
        first, second = sorted(queries.everything(), key=lambda one: one.name)
        assert (first.name, second.name) == ("AIDE AUX REPAS, Ville", "Aide aux repas")
    chloe.get(f"/equipe/annuaire/{second.code}")
    chloe.post(f"/equipe/annuaire/{second.code}", SAID | {"name": "Aide aux repas, ville"}, status=409)


def test_a_check_to_come_is_none(app: Flask, chloe: Visitor) -> None:
    late = (centre_today_of(app) + timedelta(days=2)).isoformat()
    chloe.get("/equipe/annuaire/nouveau")
    chloe.post("/equipe/annuaire/nouveau", SAID | {"checked_on": late}, status=422)
    assert "Ce jour est à venir" in chloe.page
    table = f"name,kind,does,phone,checked_on\nSamu,{EntryKind.EMERGENCY},Il aide.,15,{late}\n"
    with app.app_context():
        (fault,) = plan.read(io.BytesIO(table.encode())).faults
        assert fault.line == 2


def centre_today_of(app: Flask) -> date:
    with app.app_context():
        return centre_today()


def test_words_of_an_unknown_language_are_refused(app: Flask, chloe: Visitor) -> None:
    table = "term,plain_definition,language\nMSP,Une maison de santé.,klingon\nDAC,Il aide.,FR\n"
    with app.app_context():
        found = words.read(io.BytesIO(table.encode()))
        assert [fault.line for fault in found.faults] == [2]
        assert found.lines[0].values["language"] == "fr"
    chloe.get("/equipe/mots/nouveau")
    shown = chloe.page
    for _click in range(2):
        chloe.page = shown
        chloe.post("/equipe/mots/nouveau", {"term": "MSP", "definition": "Une maison.", "language": "fr"})
