"""Common words and their syllables: the table, and the rule for what it does not hold."""

from __future__ import annotations

from typing import Any

import pytest

from engage.reading.lexicon import FILE, by_vowels, known, spelled, syllables

SAID = [
    ("médecin", 2), ("médecine", 2), ("œil", 1), ("Rendez-vous", 3), ("l’accueil", 2), ("aujourd’hui", 3),
    ("MSP", 3), ("15", 1), ("orthophoniste", 4), ("kiné", 2), ("quelqu’un", 2), ("n’", 1), ("patient·e", 2),
    ("chronicité", 4), ("dyspnée", 2), ("néoplasie", 4), ("télésurveillance", 5),
]  # fmt: skip


@pytest.mark.parametrize(("word", "wanted"), SAID)
def test_syllables_are_those_one_hears(word: str, wanted: int) -> None:
    assert syllables(word) == wanted


def test_common_words_are_known_with_their_accents() -> None:
    assert known("médecin")
    assert known(spelled("Œil"))
    assert not known("medecin")
    assert not known("")
    assert not known("dyspnée")


def test_every_line_of_the_table_is_found() -> None:
    lines = FILE.read_text("utf-8").splitlines()
    assert len(lines) > 49_000
    for line in [*lines[:: len(lines) // 500], lines[0], lines[-1]]:
        word, said = line.split("\t")
        assert known(word) == int(said)


def test_the_rule_of_vowels_agrees_with_the_table(record_property: Any) -> None:
    rows = [line.split("\t") for line in FILE.read_text("utf-8").splitlines() if " " not in line]
    right = sum(by_vowels(word) == int(said) for word, said in rows) / len(rows)
    record_property("syllables by the rule of vowels", f"{right:.3f} of the table")
    assert right > 0.98
