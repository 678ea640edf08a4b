"""What looks like the end of a sentence, and what is one."""

from __future__ import annotations

import pytest

from engage.reading.sentences import count_words, sentences


def cut(text: str, language: str = "fr") -> list[str]:
    return [text[found.start : found.end] for found in sentences(text, language)]


WHOLE = [
    "Le Dr. Martin et M. Dupont vous attendent.",
    "Mme. Petit remplace Pr. Blanc.",
    "M. J. Dupont et Jean P. Martin arrivent.",
    "Apportez la carte, l’ordonnance, etc. pour la visite.",
    "Voyez la p. 12 du livret, art. 3.",
    "Appelez au tél. 04 50 00 00 00.",
    "Venez au n° 12 de la rue, ou au n. 14.",
    "La salle contient max. 12 personnes, c.-à-d. 2 groupes.",
    "Prenez p. ex. le bus.",
    "Elle mesure 12,5 cm ou 12.5 cm.",
    "Venez à 10 h 30 ou à 10 h. 45.",
    "Écrivez à accueil@msp.exemple.fr ou sur www.exemple.fr/page.",
    "Je… je ne sais pas.",
    "Nous... enfin, vous verrez.",
    "« Vous venez ? » demande-t-elle.",
    "Vous pouvez venir (quand vous voulez !) le matin.",
    "Oh ! je vois.",
    "Le S.A.M.U. répond.",
    "Il est né vers 300 av. J.-C. dans le nord.",
    "Nous avons lu votre mot\net nous vous répondons.",
    "Vous avez parlé avec\nMarie, à l’accueil.",
    "Vous avez vu Mme\nDupont.",
    "Cette ligne est assez longue pour que le programme la coupe avant\nMarie.",
    "1. Appelez-nous.",
    "Vraiment ?!",
    "Vraiment ? !",
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence_stays_whole(text: str) -> None:
    assert len(cut(text)) == 1


SEVERAL = [
    ("Bonjour. Nous sommes là.", ["Bonjour.", "Nous sommes là."]),
    ("Vous venez ? Oui ! Merci…", ["Vous venez ?", "Oui !", "Merci…"]),
    ("Apportez la carte, etc. Merci.", ["Apportez la carte, etc.", "Merci."]),
    ("Venez à 10 h. Nous ouvrons.", ["Venez à 10 h.", "Nous ouvrons."]),
    ("Nous verrons… Merci.", ["Nous verrons…", "Merci."]),
    ("c’était bien. merci à tous.", ["c’était bien.", "merci à tous."]),
    ("Elle dit : « Venez. » Puis elle part.", ["Elle dit : « Venez. »", "Puis elle part."]),
    ("Vous avez choisi le groupe A. Merci.", ["Vous avez choisi le groupe A.", "Merci."]),
    ("Nos horaires\nLe lundi, nous ouvrons.", ["Nos horaires", "Le lundi, nous ouvrons."]),
    ("Bonjour,\nVotre rendez-vous est pris.", ["Bonjour,", "Votre rendez-vous est pris."]),
    ("Un.\n\nDeux", ["Un.", "Deux"]),
    (
        "Apportez :\n- votre carte ;\n- votre\n  ordonnance ;\n2) un stylo.",
        ["Apportez :", "votre carte ;", "votre\n  ordonnance ;", "un stylo."],
    ),
    ("• Venez\r\n• Restez", ["Venez", "Restez"]),
    ("Bonjour.\u2028Merci.", ["Bonjour.", "Merci."]),
]


@pytest.mark.parametrize(("text", "wanted"), SEVERAL)
def test_several_are_told_apart(text: str, wanted: list[str]) -> None:
    assert cut(text) == wanted


def test_english_has_its_own_abbreviations() -> None:
    assert cut("Ask Mrs. Hill, e.g. at 10 a.m. or later. Thank you.", "en") == [
        "Ask Mrs. Hill, e.g. at 10 a.m. or later.",
        "Thank you.",
    ]


WORDS = [
    ("", 0),
    ("… ! « » –", 0),
    ("L’accueil vous répond.", 3),
    ("l'accueil", 1),
    ("Votre rendez-vous est à 10 h 30.", 5),
    ("Composez le 04 50 00 00 00.", 3),
    ("12 000 personnes, 12,5 %", 3),
    ("patient·e", 1),
    ("e\u0301le\u0300ve", 1),
    ("Vous venez ?", 2),
]


@pytest.mark.parametrize(("text", "wanted"), WORDS)
def test_words_are_counted_as_they_are_read(text: str, wanted: int) -> None:
    assert count_words(text) == wanted
