"""A health word about a person is marked; the name of an activity is not one."""

from __future__ import annotations

import pytest

from engage.involvement.pathway import health

ACTIVITIES = [
    "Elle vient à l’atelier diabète jeudi.",
    "Atelier sur le diabète et l’hypertension.",
    "Intéressée par la soirée « cancer du sein ».",
    "A aimé le film sur Alzheimer.",
    "Vient à la marche pour l’asthme.",
    "Aime les réunions du soir, peut conduire.",
]
ABOUT_SOMEBODY = [
    ("Elle a un cancer.", ["cancer"]),
    ("Suivie pour une dépression.", ["dépression"]),
    ("Vient au groupe depuis son AVC.", ["AVC"]),
    ("Vient au groupe avec son diabète.", ["diabète"]),
    ("Semaine du diabète : elle est diabétique.", ["diabétique"]),
    ("Réunion annulée. Cancer.", ["Cancer"]),
    ("Vient à l’atelier, diabétique.", ["diabétique"]),
]


@pytest.mark.parametrize("words", ACTIVITIES)
def test_an_activity_says_nothing_of_who_comes(words: str) -> None:
    assert health.about_somebody(words) == []
    assert health.marked(words) == []
    assert health.without(words) == words


@pytest.mark.parametrize(("words", "found"), ABOUT_SOMEBODY)
def test_what_says_something_of_a_person_is_found(words: str, found: list[str]) -> None:
    assert [one.text for one in health.about_somebody(words)] == found
    assert [piece for piece, is_health in health.marked(words) if is_health] == found
    assert "".join(piece for piece, _is_health in health.marked(words)) == words
    assert health.about_somebody(health.without(words)) == []
