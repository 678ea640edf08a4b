"""Somebody looks for something, mistakes and all; what nobody finds is counted, never who asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from engage.core.clock import now
from engage.core.db import db
from engage.pages import actions as pages
from engage.pages import queries as found
from engage.pages.models import Shelf
from engage.search import actions, queries
from engage.search.documents import Group
from engage.search.models import EmptySearch
from tests import make
from tests.browser import Visitor


def page(slug: str, title: str, words: str) -> None:
    draft = pages.create(slug, title, Shelf.PATH, "hospital", by=None)
    texts = {"message": f"{title}.", "summary": title, "simple": f"## Pour vous\n\n{words}\n", "short": words}
    pages.write(draft, version=draft.version, by=None, **texts)  # type: ignore[arg-type]
    pages.publish(pages.freeze(draft, by=None), by=None)


@pytest.fixture
def library(app: Flask) -> None:
    with app.app_context():
        page("sortir-de-l-hopital", "Sortir de l’hôpital", "Avant de partir, demandez votre ordonnance.")
        page("prendre-rendez-vous", "Prendre un rendez-vous", "Appelez l’accueil le matin.")
        make.term("DAC", definition="Un service qui aide quand tout se complique.")
        make.entry("Repas du midi", needs="manger, courses, repas")
        make.commitment("Un banc devant la porte", said="Il manque un banc.")
        db.session.commit()


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("asked", "group", "title"),
    [
        ("sortie d'hopital", Group.PAGE, "Sortir de l’hôpital"),
        ("sortie d hopitale", Group.PAGE, "Sortir de l’hôpital"),
        ("ORDONNANCES", Group.PAGE, "Sortir de l’hôpital"),
        ("rdv", Group.PAGE, "Prendre un rendez-vous"),
        ("dac", Group.TERM, "DAC"),
        ("j'ai besoin de manger", Group.ENTRY, "Repas du midi"),
        ("bancs", Group.RESULT, "Il manque un banc."),
    ],
)
def test_forgives_accents_plurals_and_mistakes(app: Flask, asked: str, group: Group, title: str) -> None:
    with app.test_request_context("/recherche"):
        answer = queries.find(asked)
        assert answer.groups[group][0].title == title


@pytest.mark.usefixtures("library")
def test_an_english_page_says_that_its_answers_are_french(nobody: Visitor) -> None:
    nobody.client.set_cookie("language", "en")
    for asked in ("ordonnance", "dac", "manger"):
        nobody.get(f"/recherche?q={asked}")
        assert '<li class="item" lang="fr" dir="ltr">' in nobody.page
    nobody.client.set_cookie("language", "fr")
    nobody.get("/recherche?q=dac")
    assert '<li class="item">' in nobody.page


@pytest.mark.usefixtures("library")
def test_the_page_groups_its_answers_and_leads_on(nobody: Visitor) -> None:
    nobody.get("/recherche")
    assert "Que cherchez-vous" in nobody.page
    nobody.get("/recherche?q=sortie+hopitale")
    assert "Les pages qui expliquent" in nobody.page
    assert 'href="/pages/sortir-de-l-hopital"' in nobody.page
    nobody.get("/recherche?q=zzzzzz")
    assert "04\u00a000\u00a000\u00a000\u00a000</a>" in nobody.page, "a number is never cut in two"
    nobody.get("/recherche?q=%22%27%29+OR+*+%3Cscript%3E")
    assert "<script>OR" not in nobody.page
    nobody.get("/recherche?q=" + "a+" * 3000)
    nobody.get("/recherche?q=je+veux+mourir")
    assert "3114" in nobody.page.split("<h1>")[1].split("<form")[0]


@pytest.mark.usefixtures("library")
def test_a_withdrawn_page_is_found_no_more(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        by = make.account("Chloé")
        pages.withdraw(found.by_slug("sortir-de-l-hopital"), by=by)
        db.session.commit()
    nobody.get("/recherche?q=ordonnance")
    assert "/pages/sortir" not in nobody.page


@pytest.mark.usefixtures("library")
def test_what_nobody_finds_is_counted_as_words_alone(app: Flask, nobody: Visitor, chloe: Visitor) -> None:
    for asked in ("trottinette", "Trottinette !", "trottinette"):
        nobody.get(f"/recherche?q={asked}")
    for private in ("06 12 34 56 78", "zoe@exemple.fr", "je veux mourir"):
        nobody.get(f"/recherche?q={private}")
    with app.app_context():
        kept = db.session.scalars(select(EmptySearch)).all()
        assert [(one.words, one.times) for one in kept] == [("trottinette", 1)], "once a day for each address"
    chloe.get("/equipe/recherches")
    assert "trottinette" in chloe.page
    chloe.follow(chloe.post("/equipe/recherches/retrait", {"words": "trottinette"}))
    assert "trottinette" not in chloe.page.split("<h1>")[1]


def test_old_and_rare_words_are_forgotten(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_KEPT", 1)
    with app.app_context():
        today = now().date()
        rows = (("souvent", 9, 0), ("rare", 1, 0), ("ancien", 99, 400))
        db.session.add_all(
            EmptySearch(words=words, times=times, last_on=today - timedelta(days=days))
            for words, times, days in rows
        )
        db.session.commit()
        assert actions.forget_old() == 2
        assert db.session.scalars(select(EmptySearch.words)).all() == ["souvent"]
