"""The poster of a date: one page, with all that one needs to come."""

from __future__ import annotations

import pytest
from flask import Flask

from engage.events.kinds import SigningUp
from tests.browser import Visitor
from tests.core import paper
from tests.events.agenda.test_reading import planned


@pytest.fixture
def engine_name() -> str:
    """What is printed does not depend on the database."""
    return "sqlite"


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_a_poster_says_where_and_how(app: Flask, nobody: Visitor, size: str) -> None:
    code = planned(
        app, "Marche du jeudi", what="Une heure dans le parc.", for_whom="Tout le monde.",
        place="Parc des Tilleuls", address="Rue des Lilas", is_step_free=True,
        has_hearing_loop=True, to_bring="De l’eau.",
    )  # fmt: skip
    answer = nobody.get(f"/evenements/{code}/affiche/{size}")
    assert answer.mimetype == "application/pdf"
    words = paper.words(answer.data)
    assert f"/e/{code}" in words.replace("/ ", "/")
    assert nobody.get(f"/e/{code.upper()}", status=302).headers["Location"] == f"/evenements/{code}"
    nobody.get("/e/inconnu9", status=404)
    for expected in ("Marche du jeudi", "Parc des Tilleuls", "Gratuit", "sans marche", "De l’eau."):
        assert expected in words, expected
    assert "04 00 00 00 00" in words
    assert len(paper.read(answer.data).pages) == 1


def test_long_words_still_make_one_page(app: Flask, nobody: Visitor) -> None:
    code = planned(
        app, "Comprendre son traitement, ses droits et les aides " * 3, what="Venez parler avec nous. " * 40
    )
    for size in ("a4", "a5"):
        assert len(paper.read(nobody.get(f"/evenements/{code}/affiche/{size}").data).pages) == 1


def test_a_poster_says_when_nobody_signs_up(app: Flask, nobody: Visitor) -> None:
    for way, words in ((SigningUp.NONE, "venez comme vous êtes"), (SigningUp.REQUIRED, "Inscrivez-vous")):
        code = planned(app, signing_up=way)
        assert words in paper.words(nobody.get(f"/evenements/{code}/affiche/a4").data)


def test_only_two_sizes(app: Flask, nobody: Visitor) -> None:
    nobody.get(f"/evenements/{planned(app)}/affiche/a0", status=404)
