"""Marks and addresses are not words; each word keeps its place."""

from __future__ import annotations

import pytest

from engage.reading.source import Kind, read

CASES = [
    ("## {phone} Appeler\n", "Appeler\n"),
    ("Un **mot** et _un_ autre.", "Un mot et un autre."),
    ("L’**accueil** vous [répond](/accueil).", "L’accueil vous répond."),
    ("![Une porte](image:porte)", ""),
    ("Voyez https://exemple.fr/page.", "Voyez "),
    ("- un\n- deux\n", "un\ndeux\n"),
    ("1. un\n2) deux\n", "un\ndeux\n"),
    ("::: mot DAC\nUn service.\n:::\n", "Un service.\n"),
    (
        "::: appeler\n- téléphone : 01 02 03 04 05\n- bouton : [Écrire](/idees)\n:::",
        "01 02 03 04 05\nÉcrire\n",
    ),
    ("3 * 4 et a_b", "3 * 4 et a_b"),
    ("[**Gras**](/a)", "Gras"),
]


@pytest.mark.parametrize(("text", "plain"), CASES)
def test_what_is_read(text: str, plain: str) -> None:
    assert read(text).plain == plain


def test_lines_that_belong_together_and_the_block_around_them() -> None:
    source = read("## Titre\nUne ligne\nqui continue.\n\n::: attention\n- Un point\n  qui continue.\n:::\n")
    found = [(part.kind, part.block, source.plain[part.start : part.end].strip()) for part in source.segments]
    assert [one for one in found if one[2]] == [
        (Kind.HEADING, "", "Titre"),
        (Kind.TEXT, "", "Une ligne\nqui continue."),
        (Kind.ITEM, "attention", "Un point\n  qui continue."),
    ]


def test_pictures_links_and_blocks_are_kept_with_their_places() -> None:
    text = "::: mot DAC\n![Une porte](image:porte) et [le 15](tel:15)\n:::"
    source = read(text)
    assert [(one.words, one.address) for one in source.pictures] == [("Une porte", "image:porte")]
    assert [text[one.start : one.end] for one in source.links] == ["[le 15](tel:15)"]
    assert [(one.address, one.words) for one in source.blocks] == [("mot", "DAC"), ("", "")]
