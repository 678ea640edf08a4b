"""The journal: read only, by the coordination, by what, whom, when and which thing."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

from flask import Flask

from engage.accounts import actions as accounts
from engage.accounts.models import Role
from engage.commitments import actions as commitments
from engage.commitments.models import State
from engage.core.clock import now
from engage.core.db import db
from engage.desk.history.words import kinds, verbs
from engage.ideas.models import Progress
from engage.journal import actions as journal
from engage.journal.models import Entry
from engage.ops.backup import VERB as BACKED_UP
from tests import make
from tests.browser import Visitor
from tests.laws.code import none

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


def written() -> list[ast.Call]:
    """Every call that adds a line to the journal."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in ENGAGE.rglob("*.py"))
    return [call for tree in trees for call in recorded(tree)]


def recorded(tree: ast.AST) -> list[ast.Call]:
    calls = (call for call in ast.walk(tree) if isinstance(call, ast.Call))
    return [call for call in calls if ast.unparse(call.func) in ("journal.record", "record")]


def said(argument: ast.expr) -> list[str]:
    """The words of an argument, as they stand in the code; of one that is put together, its parts."""
    found = [node.value for node in ast.walk(argument) if isinstance(node, ast.Constant)]
    return [value for value in found if isinstance(value, str)]


def test_every_verb_that_features_write_has_its_words(session: None) -> None:
    known = verbs()
    whole = {
        verb
        for call in written()
        if not isinstance(call.args[0], ast.JoinedStr)
        for verb in said(call.args[0])
    }
    parts = {
        part for call in written() if isinstance(call.args[0], ast.JoinedStr) for part in said(call.args[0])
    }
    none([f"{verb!r} has no words" for verb in sorted(whole - set(known))])
    none([f"nothing like {p!r} has words" for p in sorted(parts) if not any(p in verb for verb in known)])
    assert {BACKED_UP, "contact viewed", "original viewed"} <= set(known)


def named_kinds() -> set[str]:
    """The kinds that a module names once, as `KIND`, and gives to the journal by this name."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in ENGAGE.rglob("*.py")]
    return {
        kind
        for tree in trees
        if any(ast.unparse(call.args[1]) == "KIND" for call in recorded(tree))
        for line in tree.body
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "KIND"
        for kind in said(line.value)
    }


def test_every_kind_of_thing_in_the_journal_has_its_word(session: None) -> None:
    found = named_kinds() | {kind for call in written() for kind in said(call.args[1])}
    assert {"term", "entry"} <= found
    none([f"{kind!r} has no word" for kind in sorted(found - set(kinds()))])


def test_every_state_of_a_commitment_has_its_words(session: None) -> None:
    assert {f"commitment {state}" for state in State} <= set(verbs())


def test_what_happened_to_a_commitment_is_read_in_plain_words(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        promise = make.commitment("Poser un banc")
        code = promise.code
        for state in (State.UNDER_WAY, State.DONE, State.UNDER_WAY, State.PLANNED, State.ABANDONED):
            db.session.flush()
            commitments.move(promise, state=state, words="Dit.", version=promise.version, by=chloe.account)
        db.session.commit()
    chloe.get("/equipe/journal")
    for words in ("Engagement en cours", "Engagement fait", "de nouveau prévu", "Engagement abandonné"):
        assert words in chloe.page
    assert f'href="/equipe/engagements/{code}">Engagement' in chloe.page
    assert not any(f">commitment {state}" in chloe.page for state in State)


def test_stages_and_roles_are_named_in_notes(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        journal.record("moved", "idea", "idee2345", by=chloe.account, note=Progress.UNDER_WAY)
        karim = make.account("Karim")
        accounts.change_role(karim, Role.STAFF, by=chloe.account)
        journal.record("exported", "ideas", "", by=chloe.account, note="csv")
        db.session.commit()
    chloe.get("/equipe/journal")
    assert '<td class="govuk-table__cell">En cours</td>' in chloe.page
    assert '<td class="govuk-table__cell">Participant·e → Équipe</td>' in chloe.page
    assert '<td class="govuk-table__cell" lang="en">csv</td>' in chloe.page
