"""The paper box as the team sees it: one screen, one form, slip after slip."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from engage.core.db import db
from engage.ideas.models import Batch, Discard, Idea
from engage.intake import queries as intake
from engage.intake.models import Door, Reply
from tests.browser import Visitor

CODE = re.compile(r'<strong class="code"[^>]*>([^<]+)</strong>')


@pytest.fixture
def box(chloe: Visitor) -> str:
    """The address of a box of three slips that Chloé has just opened."""
    chloe.get("/equipe/papier/ouverture")
    sent = chloe.post(
        "/equipe/papier/ouverture", {"slips": "3", "opened_by": "Chloé et Martine", "opened_on": "2026-10-05"}
    )
    return str(sent.headers["Location"])


def keep(visitor: Visitor, box: str, text: str = "Un banc devant la porte.", **said: Any) -> str:
    """Type one slip as a browser would; the page that follows."""
    visitor.get(box)
    fields = {"text": text, "theme": "", "public": "no", "reply": "none", "submission_key": slip_key(visitor)}
    visitor.follow(visitor.post(box, fields | said))
    return visitor.page


def slip_key(visitor: Visitor) -> str:
    """The key of the form to type in, the first on the page."""
    found = re.search(r'name="submission_key" value="([^"]+)"', visitor.page)
    assert found
    return found[1]


def test_slip_after_slip_the_form_is_empty_focused_and_says_which_comes_next(
    chloe: Visitor, box: str
) -> None:
    chloe.get(box)
    assert "<h1>Bulletin 1 sur 3</h1>" in chloe.page
    page = keep(chloe, box)
    assert "<h1>Bulletin 2 sur 3</h1>" in page
    area = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert area
    assert area[1].strip() == ""
    assert "autofocus" in area[0]


def test_each_theme_has_the_access_key_that_stands_on_it(chloe: Visitor, box: str) -> None:
    chloe.get(box)
    keys = re.findall(r'value="(\w*)" accesskey="(\d)"', chloe.page)
    assert keys == [("", "0"), ("reach", "1"), ("appointments", "2")]


def test_what_is_typed_is_kept_as_it_was_ticked(app: Flask, chloe: Visitor, box: str) -> None:
    keep(
        chloe, box, theme="reach", public="yes", reply="phone", contact="06 12 34 56 78", first_name="Jeanne"
    )
    with app.app_context():
        idea = db.session.scalars(select(Idea)).one()
        assert (idea.door, idea.reply, idea.contact) == (Door.PAPER, Reply.PHONE, "06 12 34 56 78")
        assert (idea.wants_public, idea.first_name) == (True, "Jeanne")
        assert idea.theme is not None
        assert idea.theme.code == "reach"


@pytest.mark.parametrize(("reply", "contact"), [("letter", "1 rue des Tilleuls"), ("reception", "")])
def test_who_hears_by_letter_or_at_reception_gets_the_code_on_paper(
    app: Flask, chloe: Visitor, box: str, reply: str, contact: str
) -> None:
    page = keep(chloe, box, reply=reply, contact=contact)
    shown = CODE.search(page)
    assert shown
    assert f"Notez d’abord {shown[1]}" in page
    with app.app_context():
        follow_up = intake.find_follow_up(shown[1])
        assert follow_up is not None
        assert follow_up.ref == db.session.scalars(select(Idea.code)).one()


@pytest.mark.parametrize(("reply", "contact"), [("none", ""), ("mail", "jeanne@exemple.fr")])
def test_no_code_is_shown_for_any_other_slip(chloe: Visitor, box: str, reply: str, contact: str) -> None:
    assert not CODE.search(keep(chloe, box, reply=reply, contact=contact))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"text": " "}, "Saisissez le texte du bulletin"),
        ({"reply": "mail", "contact": "jeanne@"}, "Cette adresse semble incomplète"),
        ({"reply": "phone", "contact": "06"}, "Ce numéro semble incomplet"),
        ({"reply": "letter"}, "Saisissez le contact"),
        ({"contact": "jeanne@exemple.fr"}, "Choisissez à quoi sert ce contact"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    chloe: Visitor, box: str, said: dict[str, str], sentence: str
) -> None:
    chloe.get(box)
    fields = {"text": "Un banc", "theme": "reach", "public": "yes", "reply": "none", "first_name": "Jeanne"}
    chloe.post(box, fields | said, status=422)
    assert sentence in chloe.page
    assert "Jeanne" in chloe.page
    assert re.search(r'value="reach" accesskey="1" checked', chloe.page)


def test_a_slip_is_put_aside_with_its_reason_and_can_come_back(app: Flask, chloe: Visitor, box: str) -> None:
    chloe.get(box)
    chloe.post(f"{box}/ecart", {"reason": "other"}, status=422)
    assert "Écrivez la raison" in chloe.page
    chloe.follow(chloe.post(f"{box}/ecart", {"reason": "other", "words": "Un dessin d’enfant"}))
    assert "<h1>Bulletin 2 sur 3</h1>" in chloe.page
    chloe.get(f"{box}/compte")
    assert "Un dessin d’enfant" in chloe.page
    with app.app_context():
        aside = db.session.scalars(select(Discard.id)).one()
    chloe.follow(chloe.post(f"{box}/ecart/{aside}/retour"))
    assert "<h1>Bulletin 1 sur 3</h1>" in chloe.page


def test_a_full_box_is_closed_in_one_click_and_stays_on_the_shelf(
    app: Flask, chloe: Visitor, box: str
) -> None:
    keep(chloe, box)
    chloe.post(f"{box}/cloture", status=409)
    assert "Il manque 2 bulletins" in chloe.page
    chloe.get(f"{box}/compte")
    chloe.follow(chloe.post(f"{box}/compte", {"slips": "2"}))
    chloe.post(f"{box}/ecart", {"reason": "double"})
    chloe.get(box)
    assert "Clôturer la boîte" in chloe.page
    assert "Il est en double" in chloe.page
    chloe.follow(chloe.post(f"{box}/cloture"))
    assert "Boîtes closes" in chloe.page
    assert "1 bulletin saisi" in chloe.page
    chloe.get(box)
    assert "Un banc devant la porte." in chloe.page
    assert "Remettre à saisir" not in chloe.page
    with app.app_context():
        assert db.session.scalars(select(Batch)).one().closed_at


def test_a_slip_too_many_is_refused_with_its_words(chloe: Visitor, box: str) -> None:
    chloe.get(box)
    held = chloe.hidden()
    for _slip in range(3):
        keep(chloe, box)
    late = {
        "text": "Le quatrième",
        "public": "no",
        "reply": "none",
        "submission_key": "another-key-that-is-long",
    }
    chloe.post(box, held | late, status=409)
    assert "corrigez d’abord leur nombre" in chloe.page
    assert "Le quatrième" in chloe.page


def test_words_of_distress_are_said_to_whoever_types(chloe: Visitor, box: str) -> None:
    assert "grande souffrance" in keep(chloe, box, "Je veux mourir, je n’en peux plus.")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"slips": "0"}, "un nombre de 1 à 2000"),
        ({"slips": "douze"}, "un nombre de 1 à 2000"),
        ({"opened_by": ""}, "Indiquez qui a ouvert la boîte"),
        ({"opened_on": "2999-01-01"}, "Ce jour n’est pas encore venu"),
        ({"opened_on": "hier"}, "date"),
    ],
)
def test_a_box_that_cannot_be_is_not_opened(chloe: Visitor, said: dict[str, str], sentence: str) -> None:
    chloe.get("/equipe/papier/ouverture")
    chloe.post(
        "/equipe/papier/ouverture",
        {"slips": "3", "opened_by": "Chloé", "opened_on": "2026-10-05"} | said,
        status=422,
    )
    assert sentence in chloe.page


def test_slips_are_printed_with_the_themes_and_the_way_to_the_form(chloe: Visitor) -> None:
    sent = chloe.get("/equipe/papier/bulletins.pdf?copies=3")
    pages = PdfReader(io.BytesIO(sent.data)).pages
    assert len(pages) == 6
    words = " ".join("".join(page.extract_text() for page in pages[:2]).replace("\u200b", "").split())
    for said in ("Rendez-vous", "Nous joindre", "/idees/nouvelle", "Votre prénom", "3114"):
        assert said in words
    chloe.get("/equipe/papier/bulletins.pdf?copies=5000", status=422)
    assert "Imprimez de 1 à 100" in chloe.page
