"""The first use of a word on a page leads to what it means, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, g
from markupsafe import Markup

from engage.pages.glossary.linking import defined
from tests import make


@pytest.fixture
def page(app: Flask) -> Iterator[None]:
    """A page being rendered, with a few words explained."""
    with app.test_request_context("/"):
        make.term("MSP", expansion="Maison de santé pluriprofessionnelle")
        make.term("Coordinateur de MSP")
        make.term("Usager", forms=["usagère"])
        make.term("EHPAD")
        make.term("HAS")
        make.term("Aller vers", expansion="Aller-vers")
        yield


def linked(html: str) -> list[tuple[str, str]]:
    """(where to, which words) of the links in a text that stands alone on its page."""
    g.pop("defined", None)
    pieces = str(defined(Markup(html))).split('<a class="defined" href="/mots/')[1:]
    return [
        (there, words.partition("</a>")[0]) for there, _, words in (piece.partition('">') for piece in pieces)
    ]


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>La MSP, puis la MSP.</p>", [("msp", "MSP")]),
        ("Une maison de santé pluriprofessionnelle", [("msp", "maison de santé pluriprofessionnelle")]),
        ("Le coordinateur de MSP", [("coordinateur-de-msp", "coordinateur de MSP")]),
        ("Les usager·e·s", [("usager", "usager·e·s")]),
        ("L&#39;USAGÈRE", [("usager", "USAGÈRE")]),
        ("Un Ehpad, deux EHPADs", [("ehpad", "Ehpad")]),
        ("He has a msp", []),
        ("aller vers la gare", []),
        ("l’aller-vers", [("aller-vers", "aller-vers")]),
        ("<h2>La MSP</h2><a href='/MSP'>MSP</a> <dfn>MSP</dfn> <img alt='MSP'>", []),
        ("<p>L’usage <strong>des</strong> usages</p>", []),
        ("santé <b>pluriprofessionnelle</b>", []),
    ],
)
def test_a_first_use_is_linked(html: str, found: list[tuple[str, str]]) -> None:
    assert linked(html) == found


@pytest.mark.usefixtures("page")
def test_a_word_is_linked_once_a_page_and_text_stays_text() -> None:
    assert defined("<b>MSP</b>") == '&lt;b&gt;<a class="defined" href="/mots/msp">MSP</a>&lt;/b&gt;'
    assert defined(Markup("<p>La MSP et les usagers</p>")).count("<a") == 1
    assert defined("MSP", "en") == "MSP"
