"""A page is written with the assistant, checked, published, changed, restored and withdrawn."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask

from engage.core import fulltext
from engage.core.db import db
from engage.pages import versions
from engage.pages.writing import queries
from tests.browser import Visitor
from tests.pages.writing import sample

HERE = "/equipe/pages/sortir-de-l-hopital"
DRAFT = f"{HERE}/fr/brouillon"


def keys(visitor: Visitor, deed: str) -> list[str]:
    """The buttons of the assistant that do this, by their values."""
    return [unescape(found) for found in re.findall(rf'name="deed" value="({deed}:[^"]+)"', visitor.page)]


def test_a_page_is_written_checked_and_published(app: Flask, chloe: Visitor) -> None:
    chloe.get("/equipe/pages")
    chloe.get("/equipe/pages/nouvelle")
    chloe.post("/equipe/pages/nouvelle", {"title": "", "shelf": "path", "icon": "hospital"}, status=422)
    sent = {"title": "Sortir de l’hôpital", "shelf": "path", "icon": "hospital"}
    assert chloe.post("/equipe/pages/nouvelle", sent).headers["Location"] == DRAFT
    chloe.get(DRAFT)
    text = "## {phone} Avant\n\nLa PTAX vous appelle. Notez votre numéro.\n\n![](image:porte)"
    words = {"title": "Sortir de l’hôpital", "message": "Vous sortez. Appelez-nous.", "simple": text}
    chloe.post(DRAFT, {**words, "deed": "look"}, status=200)
    assert "PTAX" in chloe.page
    assert "ligne 5" in chloe.page
    with app.app_context():
        assert queries.draft("sortir-de-l-hopital", "fr").simple == ""
    chloe.post(DRAFT, {**words, "deed": "save"})
    chloe.get(HERE)
    assert "/publication" not in chloe.page
    chloe.post(f"{HERE}/fr/publication", {"version": "2"}, status=409)
    chloe.get(DRAFT)
    chloe.post(DRAFT, {**words, "simple": sample.SIMPLE, "short": sample.SHORT, "sources": "Service public"})
    chloe.get(HERE)
    chloe.follow(chloe.post(f"{HERE}/fr/publication", {"version": "3"}))
    assert "Ce que voient les lecteurs" in chloe.page
    with app.app_context():
        version = queries.version("sortir-de-l-hopital", "fr", 1)
        assert version.sources == ["Service public"]
        assert version.author == "Chloé"
        assert version.page.review_on is not None
        assert versions.draft_of(version.page, "fr") is None
        assert list(db.session.scalars(fulltext.matching("page", "papiers"))) == ["sortir-de-l-hopital"]
