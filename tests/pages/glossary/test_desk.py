"""The team explains words, alone or from a table; two people never overwrite each other."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from engage.accounts.models import Role
from engage.cli import main
from engage.core import fulltext
from engage.core.db import db
from engage.core.errors import Refused
from engage.pages.glossary import actions, queries
from tests import make
from tests.browser import Visitor
from tests.pages.writing.sample import published

TABLE = """term,expansion,plain_definition,forms
MSP,Maison de santé pluriprofessionnelle,Une équipe de soignants.,
Médiateur en santé,,Une personne qui vous aide.,médiatrice en santé
"""


def test_a_word_is_written_read_found_changed_and_taken_out(
    app: Flask, chloe: Visitor, nobody: Visitor
) -> None:
    said = {
        "term": "DAC",
        "expansion": "Dispositif d’appui",
        "definition": "Un service gratuit.",
        "forms": "",
    }
    chloe.get("/equipe/mots/nouveau")
    chloe.post("/equipe/mots/nouveau", {"term": "", "language": "fr"}, status=422)
    chloe.follow(chloe.post("/equipe/mots/nouveau", said | {"language": "fr"}))
    chloe.post("/equipe/mots/nouveau", said | {"language": "fr", "term": "dac"}, status=409)
    nobody.get("/mots")
    assert "Un service gratuit." in nobody.page
    assert "DAC" in nobody.get("/mots?q=gratuits").get_data(as_text=True)
    assert "DAC" not in nobody.get("/mots?q=ordonnance").get_data(as_text=True)
    nobody.get("/mots/dac")
    nobody.get("/mots/rien", status=404)
    chloe.get("/equipe/mots/fr/dac")
    late = chloe.hidden()
    chloe.post("/equipe/mots/fr/dac", said | {"definition": "Il aide."})
    chloe.post("/equipe/mots/fr/dac", late | said | {"definition": "Autre."}, status=409)
    assert "Autre." in chloe.page
    nobody.get("/mots/dac")
    assert "Il aide." in nobody.page
    chloe.get("/equipe/mots/fr/dac")
    chloe.follow(chloe.post("/equipe/mots/fr/dac/retrait"))
    nobody.get("/mots/dac", status=404)
    with app.app_context():
        assert not list(db.session.scalars(fulltext.matching("term", "gratuit")))


def test_a_table_comes_in_once_and_never_by_half(app: Flask, chloe: Visitor) -> None:
    def send(text: str, *, status: int, **more: str) -> str:
        chloe.get("/equipe/mots/import")
        file = (io.BytesIO(text.encode()), "mots.csv")
        chloe.post("/equipe/mots/import", {"file": file, **more}, status=status)
        return chloe.page

    bad = TABLE + "msp,,Autre chose.,\nSans définition,,,\n"
    page = send(bad, status=422)
    assert "Ligne 4 : «\u00a0msp\u00a0» est déjà expliqué à la ligne 2" in page
    assert "Ligne 5" in page
    assert "ne s’appelle «\u00a0plain_definition\u00a0»" in send("term\nMSP\n", status=422)
    assert "aucune ligne sous les noms" in send("term,plain_definition\n", status=422)
    assert "aucune ligne sous les noms" in send("Ceci n’est pas un tableau.\n", status=422)
    with app.app_context():
        assert not queries.everything()
    send(TABLE, status=302)
    send(TABLE.replace("Une équipe", "Des amis"), status=302)
    with app.app_context():
        assert queries.get_in("fr", "msp").definition == "Une équipe de soignants."
        assert "médiatrice en santé" in [one.form for one in queries.writings("fr")]
    send(TABLE.replace("Une équipe", "Des amis"), status=302, replace="y")
    with app.app_context():
        assert queries.get_in("fr", "msp").definition == "Des amis de soignants."


@pytest.fixture
def engage(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], tuple[int, str]]:
    """`engage import glossary` of a table, in the centre of this test."""
    monkeypatch.setattr("engage.ops.folder.open_centre", lambda _settings: app)

    def run(text: str) -> tuple[int, str]:
        path = tmp_path / "mots.csv"
        path.write_text(text, encoding="utf-8")
        result = CliRunner().invoke(main, ["import", "glossary", str(path)])
        return result.exit_code, result.output

    return run


def test_an_operator_hears_of_each_line(engage: Callable[[str], tuple[int, str]]) -> None:
    code, told = engage(TABLE + "MSP,,,\n")
    assert (code, "ligne 4\u00a0: à corriger" in told) == (1, True)
    assert engage(TABLE)[1].splitlines()[0] == "ligne 2\u00a0: nouveau, MSP"
    assert engage(TABLE)[1].splitlines()[-1] == "0 written, 2 left as they are"


def test_initials_that_nobody_explains_any_more_are_told_to_the_team(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        for word in ("DAC", "GRTX"):
            make.term(word)
        published(
            simple="## Appeler\n\nAppelez le DAC. Le GRTX vous répond.\n", short="Le SRVO est un service."
        )
        db.session.commit()
    chloe.get("/equipe/mots/fr/grtx")
    chloe.follow(chloe.post("/equipe/mots/fr/grtx/retrait"))
    chloe.get("/equipe/mots")
    assert "/equipe/mots/nouveau?mot=GRTX" in chloe.page
    chloe.get("/equipe/mots/nouveau?mot=GRTX")
    assert 'value="GRTX"' in chloe.page


def test_an_answer_to_an_idea_and_a_promise_lead_to_their_words(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        make.term("MSP", definition="Une équipe de soignants.")
        promise = make.commitment(summary="La MSP pose un banc. La MSP le repeint.").code
        db.session.commit()
    nobody.get(f"/ce-qui-change/{promise}")
    assert nobody.page.count('class="defined"') == 1
    assert 'id="mot-msp"' in nobody.page


def test_of_two_people_who_add_one_word_at_once_one_is_told(
    session: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.term("DAC")
    monkeypatch.setattr(actions, "_free_slug", lambda _term, _language: "dac-2")
    with pytest.raises(Refused, match="déjà expliqué"):
        make.term("dac")
    assert len(queries.everything()) == 1


def test_of_two_people_who_rename_two_words_to_one_at_once_one_is_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one's word is not yet seen when the question is asked: the database answers."""
    monkeypatch.setattr(actions, "_is_taken", lambda *_word: False)
    with app.app_context():
        by = make.account("Chloé", Role.COORDINATOR)
        make.term("DAC")
        other = make.term("CPTS")
        db.session.commit()
        same: dict[str, Any] = {
            "term": "dac",
            "expansion": "",
            "definition": "Autre.",
            "forms": [],
            "version": other.version,
        }
        with pytest.raises(Refused):
            actions.edit(other, by=by, **same)
        db.session.rollback()
        assert queries.get_in("fr", "cpts").term == "CPTS"
