"""What is said or refused before readers see a text: the day of its review, its translation, its return."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

from flask import Flask

from engage.centre.queries import centre_today
from engage.core.db import db
from engage.pages import actions
from engage.pages.writing import queries
from tests.browser import Visitor
from tests.pages.writing import sample

HERE = "/equipe/pages/sortir"


def test_a_review_is_in_some_years_at_most(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        sample.published()
        db.session.commit()
        today = centre_today()
    for day, status in (("9999-12-31", 409), (str(today + timedelta(days=5 * 366)), 409), (str(today), 409)):
        chloe.get(HERE)
        chloe.post(f"{HERE}/relecture", {"review_on": day}, status=status)
        assert "dans 5 ans au plus tard" in unescape(chloe.page)
    chloe.get(HERE)
    chloe.post(f"{HERE}/relecture", {"review_on": str(today + timedelta(days=4 * 365))})


def test_a_translation_that_is_none_is_not_published(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        first = sample.published()
        number = actions.begin(first.page, "en", by=None).version
        db.session.commit()
    chloe.get(HERE)
    chloe.post(f"{HERE}/en/publication", {"version": number}, status=409)
    assert "mot pour mot" in chloe.page
    with app.app_context():
        assert [one.language for one in queries.versions(queries.page("sortir"))] == ["fr"]
        english = queries.draft("sortir", "en")
        actions.write(english, version=english.version, by=None, simple="Ask for your papers.")
        db.session.commit()
        number = queries.draft("sortir", "en").version
    chloe.get(HERE)
    chloe.post(f"{HERE}/en/publication", {"version": number})


def test_numbers_and_names_are_the_same_in_each_language(app: Flask) -> None:
    with app.app_context():
        first = sample.published(simple="SAMU : 15. Rose Martin : 05 55 00 00 00.")
        english = actions.begin(first.page, "en", by=None)
        actions.publish(actions.freeze(english, by=None), by=None)


def test_publishing_what_is_off_the_site_says_that_it_comes_back(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        first = sample.published()
        actions.begin(first.page, "fr", by=None)
        db.session.commit()
    said = "Publier remet la page sur le site."
    chloe.get(HERE)
    assert said not in unescape(chloe.page)
    with app.app_context():
        page = queries.page("sortir")
        actions.withdraw(page, by=chloe.account)
        draft = queries.draft("sortir", "fr")
        actions.write(draft, version=draft.version, by=None, simple="Demandez vos clés.")
        actions.freeze(draft, by=None)
        db.session.commit()
    for path in (HERE, f"{HERE}/fr/versions/2"):
        chloe.get(path)
        assert said in unescape(chloe.page)
        assert "Publier et remettre la page" in unescape(chloe.page)
