"""What readers find: the way in, a page in its two texts, its languages, its pictures."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask

from engage.centre.queries import centre_today
from engage.core.db import db
from engage.pages import actions, queries
from engage.pages.models import PagePicture
from engage.uploads import actions as uploads
from engage.uploads.pictures import CheckedPhoto
from tests.browser import Visitor
from tests.pages.showing.conftest import SIMPLE
from tests.pages.writing import sample


def test_from_the_way_in_to_a_page_and_its_short_text(page: None, nobody: Visitor) -> None:
    nobody.get("/comprendre")
    for address in ("/qui-appeler", "/mots", "/annuaire", "/pages/sortir"):
        assert f'href="{address}"' in nobody.page
    nobody.get("/pages/sortir")
    for words in ("Demandez vos papiers", 'href="#partie-apres"', "Prévenez-nous.", "Le code", "Nadia"):
        assert (words in nobody.page) is (words != "Nadia")
    assert nobody.page.count('href="/mots/ordonnance"') == 1
    assert 'src="/pages/sortir/images/table" alt="Une table"' in nobody.page
    assert 'id="partie-chez-vous"' in nobody.page
    assert 'href="/pages/sortir?texte=court#partie-apres"' in nobody.page

    nobody.get("/pages/sortir?texte=court")
    assert re.search('href="/pages/sortir\\?texte=court" aria-current="true"', nobody.page)
    assert "ordonnance" not in nobody.page
    places = re.findall('id="(partie-[^"]+)"', nobody.page)
    assert sorted(places) == [
        "partie-apres", "partie-avant-de-partir", "partie-chez-vous", "partie-le-jour-du-retour",
    ]  # fmt: skip
    assert places[0] == "partie-avant-de-partir"
    nobody.get("/pages/rien", status=404)


def test_languages_are_told_apart_and_stand_side_by_side(page: None, nobody: Visitor) -> None:
    nobody.get("/pages/sortir?langue=ar")
    assert '<html lang="fr" dir="ltr"' in nobody.page
    assert re.search('<div lang="ar" dir="rtl">\\s*<h1>الخروج من المستشفى</h1>', nobody.page)
    assert "Écrite par\u00a0: Nadia." in nobody.page
    assert "texte=court" not in nobody.page, "no short text in this language"
    nobody.get("/pages/sortir?avec=ar")
    pairs = re.findall("<h2>(?:<svg.*?</svg>)?([^<]+)</h2>", nobody.page)
    assert pairs[:4] == ["Avant de partir", "قبل الخروج", "Le jour du retour", "يوم العودة"]
    nobody.get("/pages/sortir?avec=en&texte=court")
    assert "Ask for your papers." in nobody.page
    assert nobody.get("/pages/sortir?avec=pl", status=302).headers["Location"] == "/pages/sortir"
    nobody.get("/langue/en?next=/pages/sortir", status=302)
    nobody.get("/pages/sortir")
    assert "<h1>Leaving hospital</h1>" in nobody.page
    nobody.get("/pages/sortir?langue=pl")
    assert "<h1>Leaving hospital</h1>" in nobody.page


def test_what_makes_a_page_less_sure_is_said(app: Flask, page: None, nobody: Visitor) -> None:
    nobody.get("/pages/sortir")
    assert "Nous la relirons avant" in nobody.page
    assert "À revoir" not in nobody.page
    nobody.get("/pages/sortir?langue=en")
    assert "plus ancienne" not in nobody.page
    with app.app_context():
        found = queries.by_slug("sortir")
        found.review_on = centre_today() - timedelta(days=1)
        draft = actions.begin(found, "fr", by=None)
        actions.write(draft, version=draft.version, by=None, simple=SIMPLE + "\n\nDu neuf.")
        actions.publish(actions.freeze(draft, by=None), by=None)
        found.review_on = centre_today() - timedelta(days=1)
        db.session.commit()
    nobody.get("/pages/sortir")
    assert "À revoir" in nobody.page
    assert "Du neuf." in nobody.page
    nobody.get("/pages/sortir?langue=en")
    assert "plus ancienne" in nobody.page
    nobody.get("/pages/sortir?langue=fr&avec=en")
    assert "plus ancienne" in nobody.page


def test_a_picture_is_for_everyone_once_a_published_text_shows_it(
    app: Flask, page: None, nobody: Visitor, amina: Visitor, chloe: Visitor
) -> None:
    with app.app_context():
        found = queries.by_slug("sortir")
        for name in ("table", "autre"):
            upload = uploads.keep(CheckedPhoto(b"\xff\xd8\xff", "image/jpeg", 1, 1), alt="Une table")
            db.session.add(PagePicture(page_id=found.id, name=name, upload=upload))
        db.session.commit()
    assert nobody.get("/pages/sortir/images/table").mimetype == "image/jpeg"
    for visitor in (nobody, amina):
        visitor.get("/pages/sortir/images/autre", status=404)
    chloe.get("/pages/sortir/images/autre")
    chloe.get("/pages/sortir")
    assert 'href="/equipe/pages/sortir"' in chloe.page
    nobody.get("/pages/sortir/images/rien", status=404)
    with app.app_context():
        actions.withdraw(queries.by_slug("sortir"), by=chloe.account)
        db.session.commit()
    nobody.get("/pages/sortir", status=404)
    nobody.get("/pages/sortir/images/table", status=404)


def test_each_page_stands_once_in_the_list_in_the_language_of_the_site(page: None, app: Flask) -> None:
    with app.app_context():
        sample.published("seul")
        db.session.commit()
    with app.test_request_context():
        assert [version.language for version in queries.shelved()] == ["fr", "fr"]
        assert [page.slug for page, _version in queries.current()] == ["sortir", "seul"]
        assert queries.published("sortir", "pl") is None
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert sorted(version.language for version in queries.shelved()) == ["en", "fr"]
        assert [page.slug for page, _version in queries.current()] == ["sortir"]
