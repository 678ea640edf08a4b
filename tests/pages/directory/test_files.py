"""The directory out as a table and in again, on paper, in a phone; what was taken out is erased."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from engage.cli import main
from engage.core.clock import now
from engage.core.db import db
from engage.pages.directory import commands, queries
from tests import make
from tests.browser import Visitor
from tests.core.paper import words

TABLE = """name,kind,does,phone,distance_km,is_step_free,checked_on,email,needs
Aide aux repas,association,Elle livre des repas.,04.00.00.00.01,"2,5",oui,31/12/2025,,manger
Samu,urgences,Il envoie un médecin.,15,,,,,
"""
BAD = """Faux,association,Il aide.,04 00,,,,,
Fous,lune,Il aide.,15,,,,,
Loin,other,Il aide.,15,loin,,,,
Peut-être,other,Il aide.,15,,bof,,,
Hier,other,Il aide.,15,,,hier,,
Courriel,other,Il aide.,15,,,,rien,
Muet,other,Il aide.,,,,,,
Samu,other,Autre chose.,15,,,,,
"""
WRONG = ["pas un numéro", "inconnu", "kilomètres", "oui, non", "pas une date", "e-mail", "rien ne", "ligne 3"]


def test_a_table_comes_in_whole_or_not_at_all_and_goes_out_again(app: Flask, chloe: Visitor) -> None:
    def send(text: str, *, status: int = 302, **more: str) -> None:
        chloe.get("/equipe/annuaire/import")
        chloe.post(
            "/equipe/annuaire/import", {"file": (io.BytesIO(text.encode()), "a.csv"), **more}, status=status
        )

    send(TABLE + BAD, status=422)
    for number, said in enumerate(WRONG, start=4):
        (line,) = [one for one in chloe.page.splitlines() if f"<li>Ligne {number} " in one]
        assert said in line.partition(f"<li>Ligne {number} ")[2].partition("</li>")[0]
    with app.app_context():
        assert not queries.everything()
    send(TABLE)
    taken = chloe.post("/equipe/annuaire/export", status=200).get_data(as_text=True)
    assert '"04 00 00 00 01"' in taken
    send(taken.replace("Elle livre", "On livre"))
    with app.app_context():
        assert "Elle livre des repas." in [one.does for one in queries.shown()]
    send(taken.replace("Elle livre", "On livre"), replace="y")
    with app.app_context():
        (first, second) = queries.shown()
        assert (first.phone, second.does, second.distance_km) == ("15", "On livre des repas.", 2.5)
        assert (second.is_step_free, str(second.checked_on)) == (True, "2025-12-31")


@pytest.fixture
def engage(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """The command, in the centre of this test."""
    monkeypatch.setattr("engage.ops.folder.open_centre", lambda _settings: app)

    def run(*said: object) -> tuple[int, str]:
        result = CliRunner().invoke(main, list(map(str, said)))
        return result.exit_code, result.output

    return run


def test_an_operator_brings_it_in_and_takes_it_out(
    engage: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    path, out = tmp_path / "annuaire.csv", tmp_path / "out.csv"
    path.write_text(TABLE + BAD, encoding="utf-8")
    assert engage("import", "directory", path)[0] == 1
    path.write_text(TABLE, encoding="utf-8")
    assert engage("import", "directory", path)[1].splitlines()[-1] == "2 written, 0 left as they are"
    assert engage("export", "directory", "--output", out) == (0, "")
    assert engage("import", "directory", out)[1].splitlines()[-1] == "0 written, 2 left as they are"


def test_it_is_printed_and_kept_in_a_phone(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        code = make.entry("Aide ; repas, courses", address="1 rue des Tilleuls", opening="Le matin").code
        make.term("MSP", definition="Une équipe de soignants.")
        db.session.commit()
    printed = words(nobody.get("/annuaire/annuaire.pdf").data)
    assert "Le matin" in printed
    assert "04 00 00 00 01" in printed
    assert "Une équipe de soignants." in words(nobody.get("/mots/les-mots-de-la-sante.pdf").data)
    card = nobody.get(f"/annuaire/{code}.vcf").get_data(as_text=True)
    assert "FN:Aide \\; repas\\, courses\r\n" in card
    assert max(len(line.encode()) for line in card.split("\r\n")) <= 75


def test_what_was_taken_out_is_erased_after_a_month(session: None) -> None:
    make.entry("Ici")
    for days in (commands.KEPT_DAYS - 1, commands.KEPT_DAYS + 1):
        make.entry(f"Parti {days}", withdrawn_at=now() - timedelta(days=days))
    assert commands.forget_withdrawn() == 1
    assert len(queries.everything()) == 2
