"""Themes are suggested by words of the text itself, and say which ones."""

from __future__ import annotations

import pytest

from engage.surveys.questionnaire.names import THEMES
from engage.surveys.results.verbatims import codebook


def suggested(text: str) -> dict[str, tuple[str, ...]]:
    return {one.code.code: one.because for one in codebook.suggestions(text, codebook.shipped())}


def test_every_theme_of_the_bank_has_some_codes() -> None:
    codes = codebook.shipped()
    assert {one.theme for one in codes} == set(THEMES)
    assert len({one.code for one in codes}) == len(codes)
    for theme in THEMES:
        assert sum(one.theme == theme for one in codes) >= 3


@pytest.mark.parametrize("code", codebook.shipped(), ids=lambda one: one.code)
def test_the_example_of_a_code_suggests_it(code: codebook.Code) -> None:
    assert code.code in suggested(code.example), suggested(code.example)
    assert code.label("fr") != code.label("en")


def test_accents_endings_and_capitals_do_not_matter() -> None:
    assert suggested("LES TELEPHONES sonnaient")["reaching.phone"] == ("telephones", "sonnaient")
    assert "appointments.booking" in suggested("Mes RDV sont annulés")


def test_words_that_follow_each_other_count_together_only() -> None:
    assert suggested("Il prend bien le temps") == {}
    assert suggested("Merci de prendre le temps.")["listening.time"] == ("prendre le temps",)


def test_the_code_with_most_of_its_words_comes_first() -> None:
    found = codebook.suggestions("Le téléphone sonne, j’appelle, la porte est lourde.", codebook.shipped())
    assert [one.code.code for one in found][:2] == ["reaching.phone", "places.access"]


def test_a_text_without_words_suggests_nothing() -> None:
    assert codebook.suggestions("… 😀 !", codebook.shipped()) == []
