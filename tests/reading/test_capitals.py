"""Capitals that mean something, and those that only shout."""

from __future__ import annotations

import pytest

from engage.reading.capitals import capitals, lowered


def shouted(text: str, language: str = "fr") -> list[str]:
    return [text[start:end] for start, end in capitals(text, language)]


QUIET = [
    "La MSP et la CPAM vous répondent.",
    "Demandez un RDV pour l’IRM au CHU.",
    "Le SAMU, l’EHPAD et l’URSSAF.",
    "Prenez le bus A ou le bus B.",
    "Louis XIV et la COVID-19.",
    "À vous de dire.",
    "Le S.A.M.U. répond.",
    "La CPAM, la MSP ou l’ARS.",
    "ARS SAMU",
]


@pytest.mark.parametrize("text", QUIET)
def test_initials_are_not_shouting(text: str) -> None:
    assert shouted(text) == []


LOUD = [
    ("VOTRE AVIS compte.", ["VOTRE AVIS"]),
    ("Votre AVIS compte.", ["AVIS"]),
    ("Ne venez PAS le lundi.", ["PAS"]),
    ("C’est IMPORTANT pour la MSP.", ["IMPORTANT"]),
    ("L’ACCUEIL est ouvert.", ["ACCUEIL"]),
    ("Prenez RENDEZ-VOUS.", ["RENDEZ-VOUS"]),
    ("LA MSP VOUS ÉCOUTE", ["LA MSP VOUS ÉCOUTE"]),
    ("Un VERRE D’EAU et une CLEF USB.", ["VERRE D’EAU"]),
    ("Le LOTO FOOT de mai.", ["LOTO FOOT"]),
    ("TOUS viennent. Mme BERTHELOT aussi.", ["TOUS", "BERTHELOT"]),
]


@pytest.mark.parametrize(("text", "wanted"), LOUD)
def test_words_in_capitals_are_found(text: str, wanted: list[str]) -> None:
    assert shouted(text) == wanted


def test_english_has_its_own_words() -> None:
    assert shouted("YOUR VIEW counts for the NHS, and I agree.", "en") == ["YOUR VIEW"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("VOTRE AVIS", "Votre avis"),
        ("LA CPAM ET LA MSP VOUS ÉCOUTENT", "La CPAM et la MSP vous écoutent"),
    ],
)
def test_small_letters_keep_the_initials(text: str, wanted: str) -> None:
    assert lowered(text, 0, len(text), opens=True) == wanted
