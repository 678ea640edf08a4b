"""A page is written with the assistant, checked, published, changed, restored and withdrawn."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from html import unescape

from flask import Flask

from engage.centre.queries import centre_today
from engage.core import fulltext
from engage.core.db import db
from engage.pages import actions, versions
from engage.pages.writing import queries
from tests.browser import Visitor
from tests.pages.writing import sample
from tests.uploads import pictures

HERE = "/equipe/pages/sortir-de-l-hopital"
DRAFT = f"{HERE}/fr/brouillon"
LONG = "Vous pouvez venir nous voir à la maison de santé le matin ou le soir avec votre carte."


def keys(visitor: Visitor, deed: str) -> list[str]:
    """The buttons of the assistant that do this, by their values."""
    return [unescape(found) for found in re.findall(rf'name="deed" value="({deed}:[^"]+)"', visitor.page)]


def test_a_page_is_written_checked_and_published(app: Flask, chloe: Visitor) -> None:
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


def test_the_assistant_is_taken_at_its_word(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        sample.draft("sortir-de-l-hopital", simple="Le patient effectue une démarche.", message="", short="")
        db.session.commit()
    chloe.get(DRAFT)
    words = {"title": "Sortir", "message": "", "simple": f"Le patient effectue la démarche. {LONG}"}
    chloe.post(DRAFT, {**words, "deed": "save"})
    chloe.get(DRAFT)
    accept = keys(chloe, "accept")[0]
    chloe.follow(chloe.post(DRAFT, {**words, "deed": accept}))
    with app.app_context():
        draft = queries.draft("sortir-de-l-hopital", "fr")
        assert draft.simple not in {words["simple"], ""}
        words["simple"] = draft.simple
    chloe.get(DRAFT)
    assert accept not in keys(chloe, "accept")
    keep = keys(chloe, "keep")[0]
    chloe.follow(chloe.post(DRAFT, {**words, "deed": keep}))
    assert "pourquoi ces mots restent" in chloe.page
    chloe.follow(chloe.post(DRAFT, {**words, "deed": keep, f"reason:{keep[5:]}": "C’est le mot de la loi."}))
    assert keep not in keys(chloe, "keep")
    assert "C’est le mot de la loi." in chloe.page
    chloe.follow(chloe.post(DRAFT, {**words, "deed": "unkeep:0"}))
    assert keep in keys(chloe, "keep")
    chloe.follow(chloe.post(DRAFT, {**words, "deed": "accept:simple.jargon.00000000.1"}))
    assert "Ces mots n’y sont plus" in chloe.page


def test_other_words_stand_apart_from_what_follows(app: Flask, chloe: Visitor) -> None:
    """An elided word at the end of what is replaced leaves no two words in one; one stays at the list."""
    with app.app_context():
        sample.draft("sortir-de-l-hopital", simple="Venez.", message="", short="")
        db.session.commit()
    words = {"title": "Sortir", "message": "", "simple": "Appelez afin d’aider."}
    chloe.get(DRAFT)
    chloe.post(DRAFT, {**words, "deed": "save"})
    chloe.get(DRAFT)
    answer = chloe.post(DRAFT, {**words, "deed": keys(chloe, "accept")[0]})
    assert answer.headers["Location"].endswith("#look-simple")
    with app.app_context():
        assert queries.draft("sortir-de-l-hopital", "fr").simple == "Appelez pour aider."


def test_live_preview_keeps_nothing(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        sample.draft("sortir-de-l-hopital")
        db.session.commit()
    typed = {"title": "Sortir", "simple": "Prenez **vos** clés.", "csrf_token": chloe.token(), "version": "2"}
    answer = chloe.client.post(f"{HERE}/fr/apercu", data=typed)
    assert "<strong>vos</strong>" in answer.get_data(as_text=True)
    with app.app_context():
        assert queries.draft("sortir-de-l-hopital", "fr").simple == sample.SIMPLE


def test_two_people_never_overwrite_each_other(app: Flask, chloe: Visitor, admin: Visitor) -> None:
    with app.app_context():
        sample.draft("sortir-de-l-hopital")
        db.session.commit()
    words = {"title": "Sortir de l’hôpital", "message": "", "short": ""}
    for visitor in (chloe, admin):
        visitor.get(DRAFT)
    chloe.post(DRAFT, {**words, "simple": "Demandez vos papiers au médecin."})
    admin.post(DRAFT, {**words, "simple": "Demandez vos papiers au pharmacien."}, status=409)
    assert "Chloé" in admin.page
    assert re.search(r"<ins>.*médecin", admin.page)
    assert "Demandez vos papiers au pharmacien.</textarea>" in admin.page
    admin.post(DRAFT, {**words, "simple": "Demandez vos papiers au médecin ou au pharmacien."})
    with app.app_context():
        assert queries.draft("sortir-de-l-hopital", "fr").simple.endswith("médecin ou au pharmacien.")


def test_a_page_lives_on_at_the_desk(app: Flask, chloe: Visitor) -> None:
    """Settings, review, pictures, questions, a translation, versions compared, off the site and back."""
    with app.app_context():
        sample.published("sortir-de-l-hopital")
        db.session.commit()
        in_two_years = str(centre_today() + timedelta(days=700))
    chloe.get(f"{HERE}/reglages")
    chloe.post(
        f"{HERE}/reglages", {"position": "x", "shelf": "here", "icon": "phone", "owner_id": ""}, status=422
    )
    settled = {"position": "3", "shelf": "here", "icon": "phone", "owner_id": "", "is_action": "y"}
    chloe.follow(chloe.post(f"{HERE}/reglages", settled))
    chloe.post(f"{HERE}/relecture", {"review_on": ""}, status=422)
    chloe.follow(chloe.post(f"{HERE}/relecture", {"review_on": in_two_years}))
    chloe.post(f"{HERE}/brouillons", {"language": "tlh"})
    assert chloe.post(f"{HERE}/brouillons", {"language": "fr"}).headers["Location"] == DRAFT
    chloe.get(f"{HERE}/fr/questions")
    chloe.follow(chloe.post(f"{HERE}/fr/questions", {"one_message": "yes", "known": "none"}))
    assert "2 réponses" in chloe.page
    words = {"title": "Sortir de l’hôpital", "simple": "Demandez vos clés.", "message": "", "short": ""}
    chloe.get(DRAFT)
    chloe.post(DRAFT, words)
    chloe.get(HERE)
    chloe.follow(chloe.post(f"{HERE}/fr/version"))
    assert "<del>" in chloe.page
    chloe.follow(chloe.post(f"{HERE}/fr/versions/2/publication"))
    chloe.get(f"{HERE}/fr/versions/2?avec=1")
    assert "Peut-on dire la page" in chloe.page
    chloe.follow(chloe.post(f"{HERE}/fr/versions/1/reprise"))
    chloe.get(HERE)
    chloe.post(f"{HERE}/fr/abandon")
    chloe.post(f"{HERE}/brouillons", {"language": "ar"})
    chloe.get(f"{HERE}/ar/brouillon")
    assert 'dir="rtl"' in chloe.page
    chloe.follow(chloe.post(f"{HERE}/retrait"))
    chloe.follow(chloe.post(f"{HERE}/retour"))
    chloe.get("/equipe/pages")


def test_a_translation_follows_its_source(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        first = sample.published("sortir-de-l-hopital")
        english = actions.begin(first.page, "en", by=None)
        again = actions.begin(first.page, "fr", by=None)
        actions.write(again, version=again.version, by=None, simple="Demandez vos clés.")
        actions.publish(actions.freeze(again, by=None), by=None)
        actions.write(english, version=english.version, by=None, simple="Ask for your papers.")
        actions.publish(actions.freeze(english, by=None), by=None)
        db.session.commit()
    chloe.get(HERE)
    assert "Plus ancienne que sa source" in chloe.page
    chloe.post(f"{HERE}/brouillons", {"language": "en"})
    chloe.get(f"{HERE}/en/brouillon")
    words = {
        "title": "Leaving",
        "simple": "Ask for your keys.",
        "message": "",
        "short": "",
        "is_up_to_date": "y",
    }
    chloe.follow(chloe.post(f"{HERE}/en/brouillon", words))
    chloe.get(HERE)
    chloe.follow(chloe.post(f"{HERE}/en/publication"))
    assert "Plus ancienne que sa source" not in chloe.page


def test_pictures_have_words(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        sample.published("sortir-de-l-hopital", simple="Poussez la porte.\n\n![Une porte](image:porte-rouge)")
        db.session.commit()
    there = f"{HERE}/images"
    chloe.get(there)
    chloe.post(there, {"alt": ""}, status=422)
    bleue = "Une porte bleue"
    for name, alt, status in (("porte-rouge", bleue, 302), ("porte-rouge", "Autre", 409), ("", bleue, 302)):
        photo = (io.BytesIO(pictures.photo()), "porte.jpg")
        chloe.post(there, {"photo": photo, "alt": alt, "name": name}, status=status)
    chloe.get(there)
    assert "![Une porte bleue](image:une-porte-bleue)" in unescape(chloe.page)
    assert chloe.get(f"{there}/porte-rouge").mimetype == "image/jpeg"
    chloe.post(f"{there}/porte-rouge/retrait", status=409)
    chloe.follow(chloe.post(f"{there}/une-porte-bleue/retrait"))


def test_a_page_whose_day_is_over_waits_in_the_day_of_the_team(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        sample.draft("brouillon").page.review_on = centre_today()
        sample.published("sortir-de-l-hopital").page.review_on = centre_today()
        db.session.commit()
    chloe.get("/equipe")
    assert "1 page à relire" in chloe.page
    chloe.get("/equipe/pages")
    assert chloe.page.count("À relire depuis le") == 2
    chloe.get(HERE)
    assert "Elle devait être relue" in chloe.page


def test_a_text_that_is_too_long_is_given_back(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        sample.draft("sortir-de-l-hopital")
        db.session.commit()
    chloe.get(DRAFT)
    words = {"title": "Sortir", "message": "", "short": ""}
    chloe.post(DRAFT, {**words, "simple": "mot " * 1_250_000}, status=422)
    assert chloe.page.count("mot mot") == 625_000
    assert "100\u202f000" in chloe.page
    chloe.post(DRAFT, {**words, "message": "Un. Deux. Trois.", "simple": "Venez."}, status=422)
    assert "Un. Deux. Trois.</textarea>" in chloe.page


def test_the_sources_of_a_page_are_typed_again_a_line_each(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        sample.published(sources=["Code de la santé", "La mairie, 2026"])
        db.session.commit()
    chloe.get("/equipe/pages/sortir")
    chloe.follow(chloe.post("/equipe/pages/sortir/brouillons", {"language": "fr"}))
    assert "Code de la santé\nLa mairie, 2026" in chloe.page.replace("\r\n", "\n")
