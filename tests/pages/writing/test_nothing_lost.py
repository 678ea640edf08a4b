"""Two clicks, the back button, a draft that is gone meanwhile: nothing typed is lost."""

from __future__ import annotations

from html import unescape

from flask import Flask

from engage.accounts.models import Role
from engage.core import fulltext
from engage.core.db import db
from engage.pages import actions, versions
from engage.pages.writing import queries
from tests import make
from tests.browser import Visitor
from tests.pages.writing import sample

HERE = "/equipe/pages/sortir-de-l-hopital"
DRAFT = f"{HERE}/fr/brouillon"
WORDS = {"title": "Sortir de l’hôpital", "message": "", "short": ""}


def begun(app: Flask) -> None:
    with app.app_context():
        sample.draft("sortir-de-l-hopital")
        db.session.commit()


def test_what_was_typed_in_a_draft_that_is_gone_meets_the_new_one(app: Flask, chloe: Visitor) -> None:
    begun(app)
    chloe.get(DRAFT)
    with app.app_context():
        draft = queries.draft("sortir-de-l-hopital", "fr")
        actions.publish(actions.freeze(draft, by=None), by=None)
        db.session.commit()
    chloe.post(DRAFT, {**WORDS, "simple": "Gardez vos papiers."}, status=409)
    assert "Gardez vos papiers.</textarea>" in chloe.page
    assert "pendant que vous écriviez" in chloe.page
    assert "<ins>" in chloe.page
    chloe.post(DRAFT, {**WORDS, "simple": "Gardez vos papiers."})
    with app.app_context():
        assert queries.draft("sortir-de-l-hopital", "fr").simple == "Gardez vos papiers."


def test_the_number_of_a_draft_never_comes_back(app: Flask, chloe: Visitor) -> None:
    """What was typed in a draft that was published does not write over the one begun after it."""
    begun(app)
    chloe.get(DRAFT)
    with app.app_context():
        draft = queries.draft("sortir-de-l-hopital", "fr")
        actions.publish(actions.freeze(draft, by=None), by=None)
        again = actions.begin(draft.page, "fr", by=None)
        actions.write(again, version=again.version, by=None, simple="Les mots d’une autre personne.")
        db.session.commit()
    chloe.post(DRAFT, {**WORDS, "simple": "Gardez vos papiers."}, status=409)
    with app.app_context():
        assert queries.draft("sortir-de-l-hopital", "fr").simple == "Les mots d’une autre personne."


def test_two_clicks_are_one(app: Flask, chloe: Visitor) -> None:
    begun(app)
    chloe.get(DRAFT)
    shown = chloe.page
    for _click in range(2):
        chloe.page = shown
        chloe.post(DRAFT, {**WORDS, "simple": sample.SIMPLE})
    chloe.get(HERE)
    shown = chloe.page
    for _click in range(2):
        chloe.page = shown
        chloe.follow(chloe.post(f"{HERE}/fr/publication", {"version": "3"}))
    with app.app_context():
        page = queries.page("sortir-de-l-hopital")
        assert [one.number for one in versions.shown(page)] == [1]
    for _click in range(2):
        assert chloe.post(f"{HERE}/fr/versions/1/reprise").headers["Location"] == DRAFT
    for _click in range(2):
        chloe.follow(chloe.post(f"{HERE}/fr/abandon"))


def test_questions_answered_too_late_empty_no_text(app: Flask, chloe: Visitor) -> None:
    begun(app)
    chloe.get(f"{HERE}/fr/questions")
    with app.app_context():
        draft = queries.draft("sortir-de-l-hopital", "fr")
        actions.write(draft, version=draft.version, by=None, summary="On vous aide.")
        db.session.commit()
    chloe.post(f"{HERE}/fr/questions", {"one_message": "yes"}, status=409)
    assert "20 questions" in chloe.page
    assert "textarea" not in chloe.page
    chloe.follow(chloe.post(f"{HERE}/fr/questions", {"one_message": "yes"}))
    with app.app_context():
        assert queries.draft("sortir-de-l-hopital", "fr").checklist == {"one_message": "yes"}


def test_the_first_language_names_the_page_for_the_team(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        first = sample.published("sortir-de-l-hopital")
        english = actions.begin(first.page, "en", by=None)
        actions.write(english, version=english.version, by=None, title="Leaving hospital", simple="Ask.")
        actions.publish(actions.freeze(english, by=None), by=None)
        db.session.commit()
    chloe.get(HERE)
    assert "<h1>Sortir de l’hôpital</h1>" in unescape(chloe.page)
    assert chloe.page.index("Français</h3>") < chloe.page.index("English</h3>")


def test_a_page_that_comes_back_with_a_version_is_found_in_each_language(app: Flask) -> None:
    with app.app_context():
        by = make.account("Zoé", Role.COORDINATOR)
        first = sample.published(by=by)
        english = actions.begin(first.page, "en", by=by)
        actions.write(english, version=english.version, by=by, simple="Ask for your papers.")
        actions.publish(actions.freeze(english, by=by), by=by)
        actions.withdraw(first.page, by=by)
        again = actions.begin(first.page, "fr", by=by)
        actions.write(again, version=again.version, by=by, simple="Demandez vos clés.")
        actions.publish(actions.freeze(again, by=by), by=by)
        found = {
            words: list(db.session.scalars(fulltext.matching("page", words))) for words in ("clés", "papers")
        }
        assert found == {"clés": ["sortir"], "papers": ["sortir:en"]}


def test_a_draft_with_sources_is_written_on(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        sample.published("sortir-de-l-hopital", sources=["Service public, 2025", "Code de la santé"])
        db.session.commit()
    chloe.get(HERE)
    chloe.post(f"{HERE}/brouillons", {"language": "fr"})
    chloe.get(DRAFT)
    assert "Service public, 2025\nCode de la santé</textarea>" in chloe.page
    chloe.post(DRAFT, {**WORDS, "simple": sample.SIMPLE, "sources": "Service public, 2026"})
    chloe.get(DRAFT)
    assert "Service public, 2026</textarea>" in chloe.page


def test_an_address_that_leads_nowhere_is_never_given(chloe: Visitor) -> None:
    sent = {"shelf": "path", "icon": "hospital"}
    chloe.get("/equipe/pages/nouvelle")
    for title in ("日本", "Nouvelle", "A"):
        chloe.post("/equipe/pages/nouvelle", {**sent, "title": title}, status=422)
        assert "Choisissez une autre adresse" in chloe.page
    chloe.post("/equipe/pages/nouvelle", {**sent, "title": "日本", "slug": "japon"})


def test_numbers_of_twenty_digits_are_no_failure(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        sample.published("sortir-de-l-hopital")
        db.session.commit()
    for path in ("2" * 20, f"1?avec={'2' * 20}"):
        chloe.get(f"{HERE}/fr/versions/{path}", status=400)
