"""The journal: read only, by the coordination, by what, whom, when and which thing."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

from flask import Flask

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.desk.history.words import verbs
from engage.journal import actions as journal
from engage.journal.models import Entry
from tests import make
from tests.browser import Visitor

ENGAGE = Path(__file__).parents[2] / "engage"


def test_read_search_and_turn_pages(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        make.idea(code="idee2345")
        karim = make.account("Karim", Role.STAFF)
        for _n in range(60):
            journal.record("published", "idea", "idee2345", by=karim)
        journal.record("settings edited", "centre", "", by=chloe.account)
        journal.record("database restored", "database", "", by=None)
        db.session.commit()
        karim_id = karim.id
    chloe.get("/equipe/journal")
    assert "62 lignes" in chloe.page
    assert "Réglages modifiés" in chloe.page
    assert "Le site" in chloe.page
    chloe.get("/equipe/journal?page=2")
    assert chloe.page.count('<td class="govuk-table__cell">Idée publiée') == 12
    chloe.get("/equipe/journal?verb=settings+edited")
    assert "1 ligne<" in chloe.page
    chloe.get(f"/equipe/journal?person_id={karim_id}&ref=idee2345")
    assert "60 lignes" in chloe.page
    day = now().date()
    chloe.get(f"/equipe/journal?since={day - timedelta(days=1)}&until={day + timedelta(days=1)}")
    assert "62 lignes" in chloe.page
    chloe.get(f"/equipe/journal?until={day - timedelta(days=2)}")
    assert "Aucune ligne ici." in chloe.page
    chloe.get("/equipe/journal?since=hier&person_id=abc&page=x")


def test_the_team_does_not_read_it(app: Flask) -> None:
    with app.app_context():
        karim = make.account("Karim", Role.STAFF)
        db.session.commit()
        karim_id = karim.id
    Visitor(app, karim_id).get("/equipe/journal", status=403)


def test_an_account_that_is_erased_leaves_its_lines(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        karim = make.account("Karim", Role.STAFF)
        journal.record("published", "idea", "idee2345", by=karim)
        db.session.delete(karim)
        db.session.commit()
        assert db.session.query(Entry).count() == 1
    chloe.get("/equipe/journal")
    assert "Compte effacé depuis" in chloe.page


def test_every_verb_that_features_write_has_its_words(session: None) -> None:
    known = verbs()
    written = {
        constant.value
        for path in ENGAGE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "journal.record"
        for constant in ast.walk(call.args[0])
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }
    assert {verb for verb in written if verb.strip() and verb not in known} == {" viewed"} & written
