"""Whole stories: an idea is sent, followed, published, answered, promised, done, and told."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from engage.core.db import db
from engage.ideas.models import Idea, Publication
from tests import make
from tests.journeys.conftest import Person, said

pytestmark = pytest.mark.journey

NO_MESSAGE = "No message: I will look with my follow-up code"
CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}\b")


def send_idea(somebody: Person, words: str) -> str:
    """From the first page to the follow-up code."""
    somebody.open("/")
    somebody.write("Your idea", words)
    somebody.press("Go on")
    somebody.choose("Nous joindre")
    somebody.press("Continue")
    somebody.choose("Yes, everyone may read it")
    somebody.choose(NO_MESSAGE)
    somebody.press("Continue")
    assert words in somebody.page.content()
    somebody.press("Send my idea")
    found = CODE.search(somebody.page.inner_text("main"))
    assert found, somebody.page.inner_text("main")
    return found[0]


def sign_in(somebody: Person, address: str) -> None:
    """By the code that comes by e-mail."""
    somebody.open("/connexion")
    somebody.write("Your e-mail address", address)
    somebody.press("Get my code")
    digits = re.search(r"\b(\d{3}) ?(\d{3})\b", somebody.mailed(address))
    assert digits
    somebody.write("The 6 digits of your code", digits[1] + digits[2])
    somebody.press("Sign in")


def test_an_idea_is_sent_and_followed(person: Person) -> None:
    code = send_idea(person, "Un banc devant la porte, pour attendre assis.")
    person.open("/suivi")
    person.write("Your follow-up code", code.lower().replace("-", " "))
    person.press("See my message")
    assert "Un banc devant la porte" in person.page.content()
    person.press("Add something")
    person.write("Your words", "Plutôt à l’ombre.")
    person.press("Send to the team")
    assert "Plutôt à l’ombre." in person.page.content()


def test_from_the_first_word_to_what_is_done(person: Person, second: Person) -> None:
    send_idea(person, "On attend debout devant la porte le matin.")
    sign_in(second, "chloe@exemple.fr")
    second.open("/equipe")
    second.open("/equipe/idees")
    second.press("On attend debout")
    second.press("Publish the idea")
    with second.app.app_context():
        code = db.session.scalars(select(Idea.code)).one()
    person.open(f"/idees/{code}")
    second.open(f"/equipe/engagements/nouveau?idee={code}")
    second.write("We commit to…", "Poser un banc")
    second.write("By when", "2027-03-01")
    second.press("Publish the commitment")
    second.page.get_by_label(said("How far is it?")).select_option("done")
    second.write("What we tell people", "Le banc est là.")
    second.press("Say it in public")
    person.open("/ce-qui-change")
    assert "On attend debout" in person.page.content()
    person.open(f"/idees/{code}")
    assert "Le banc est là." in person.page.content()


def test_signing_in_by_code(person: Person) -> None:
    sign_in(person, "amina@exemple.fr")
    person.open("/mon-espace")
    assert "Amina" in person.page.content()
    person.press("Sign out")
    person.open("/")


def test_support_is_given_and_taken_back(person: Person) -> None:
    with person.app.app_context():
        code = make.idea(publication=Publication.PUBLIC).code
        db.session.commit()
    person.open(f"/idees/{code}")
    person.press("I support")
    assert "1 personne" in person.page.inner_text("main")
    person.press("I support it: take back")


def test_an_idea_by_keyboard_alone(keyboard: Person) -> None:
    page = keyboard.page
    keyboard.open("/")
    keyboard.tab_to("Your idea")
    page.keyboard.type("Une rampe pour les fauteuils.")
    keyboard.tab_to("Go on")
    page.keyboard.press("Enter")
    page.wait_for_url("**/theme")
    keyboard.look()
    keyboard.tab_to("Nous joindre")
    page.keyboard.press("Space")
    keyboard.tab_to("Continue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reponse")
    keyboard.look()
    keyboard.tab_to("Yes, everyone may read it")
    page.keyboard.press("Space")
    keyboard.tab_to(NO_MESSAGE)
    page.keyboard.press("Space")
    keyboard.tab_to("Continue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/relecture")
    keyboard.look()
    keyboard.tab_to("Send my idea")
    page.keyboard.press("Enter")
    page.wait_for_url("**/envoyee")
    keyboard.look()
    assert CODE.search(page.inner_text("main"))


@pytest.mark.parametrize(
    "path",
    ["/", "/idees", "/ce-qui-change", "/suivi", "/contact", "/accessibilite", "/vos-donnees", "/connexion"],
)
def test_focus_is_always_seen(keyboard: Person, path: str) -> None:
    keyboard.open(path)
    for _press in range(25):
        keyboard.page.keyboard.press("Tab")
        assert keyboard.page.evaluate("document.activeElement !== null")
