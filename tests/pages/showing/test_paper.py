"""A page on paper: sheets in large letters, a leaflet, pictures; and letters that our type does not have."""

from __future__ import annotations

import io

from flask import Flask
from PIL import Image

from engage.core.db import db
from engage.pages import markup, queries
from engage.pages.models import PagePicture
from engage.uploads import actions as uploads
from engage.uploads.pictures import check
from tests.browser import Visitor
from tests.core.paper import catalogue, read, sizes, structure, words


def _photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return file.getvalue()


def test_a_page_goes_on_paper_in_both_texts_and_shapes(app: Flask, page: None, nobody: Visitor) -> None:
    nobody.get("/pages/sortir")
    assert 'href="/pages/sortir/feuille.pdf"' in nobody.page
    sheet = nobody.get("/pages/sortir/feuille.pdf").data
    for said in (
        "Demandez vos papiers",
        "Une table",
        "Prévenez-nous.",
        "Écrite par",
        "/pages/sortir",
        "04 00",
    ):
        assert said in words(sheet)
    assert min(sizes(sheet)) >= 14
    with app.app_context():
        upload = uploads.keep(check(_photo(), max_bytes=10_000), alt="Une table")
        found = queries.by_slug("sortir")
        db.session.add(PagePicture(page_id=found.id, name="table", upload=upload))
        db.session.commit()
    drawn = structure(nobody.get("/pages/sortir/feuille.pdf").data)
    assert "Une table" in [tag.get("/Alt") for tag in drawn if tag["/S"] == "/Figure"]

    nobody.get("/pages/sortir?texte=court")
    assert 'href="/pages/sortir/depliant.pdf?texte=court"' in nobody.page
    leaflet = nobody.get("/pages/sortir/depliant.pdf?texte=court").data
    assert len(read(leaflet).pages) == 2, "the outside and the inside of one sheet"
    assert "Version courte" in words(leaflet)
    assert "Prévenez-nous." not in words(leaflet)


def test_each_language_on_paper_is_its_own_and_one_that_we_cannot_draw_says_so(
    page: None, nobody: Visitor
) -> None:
    english = nobody.get("/pages/sortir/feuille.pdf?langue=en").data
    assert catalogue(english)["/Lang"] == "en"
    assert "Written by" in words(english)
    nobody.get("/pages/sortir?langue=ar")
    assert "feuille.pdf" not in nobody.page
    assert "depuis votre navigateur" in nobody.page
    nobody.get("/pages/sortir/feuille.pdf?langue=ar", status=404)
    nobody.get("/pages/rien/feuille.pdf", status=404)


def test_on_paper_a_link_says_where_it_leads(app: Flask) -> None:
    with app.app_context():
        nodes = markup.sheet("::: appeler\n- bouton : [Nous appeler](/contact)\n:::", "fr")
    (block,) = nodes
    said = "".join(run["text"] for node in block["body"] for run in node["runs"])
    assert said.startswith("Nous appeler (")
    assert said.endswith("/contact)")
