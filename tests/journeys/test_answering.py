"""Somebody answers a questionnaire on a real screen, one question after the other, and comes back later."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from engage.accounts.models import Account
from engage.core.db import db
from engage.surveys.answering.models import Pending
from tests.journeys.conftest import Person
from tests.surveys.answering.steps import open_wave

pytestmark = pytest.mark.journey


def opened(somebody: Person) -> str:
    with somebody.app.app_context():
        owner = db.session.scalars(select(Account).filter_by(first_name="Chloé")).one()
        return open_wave(owner=owner).code


def sent(somebody: Person) -> int:
    with somebody.app.app_context():
        return db.session.scalars(select(func.count()).select_from(Pending)).one()


def test_from_the_front_door_to_the_thanks(person: Person, second: Person) -> None:
    opened(person)
    person.open("/")
    person.press("Answer the questions")
    person.press("Begin")
    person.press("Go on")
    person.press("Go on")
    assert "attend une réponse" in person.page.inner_text("main")
    person.choose("Oui")
    person.press("Go on")
    person.choose("Rien de cela")
    person.press("Go back")
    person.press("Go on")
    assert person.page.get_by_label("Rien de cela").is_checked(), "what was ticked before going back"
    person.press("Go on later")
    words = person.page.inner_text(".code")
    second.open("/questionnaires")
    second.press("I have four words: go on with my answers")
    second.write("Your four words", words)
    second.press("Go on with my answers")
    second.press("Go on")
    second.page.locator("#q-minutes").fill("12")
    second.press("Go on")
    second.choose("Plutôt bien")
    for _question in range(4):
        second.press("Go on")
    second.page.locator("#q-first").select_option("hours")
    second.press("Go on")
    second.press("Go on")
    second.press("Read again first")
    assert "1. Les horaires" in second.page.inner_text("main")
    second.press("Send my answers")
    second.press("Tell me")
    assert sent(person) == 1


def test_all_on_one_page(person: Person) -> None:
    code = opened(person)
    person.open(f"/questionnaires/{code}")
    person.choose("All on one page")
    person.press("Begin")
    person.press("Send my answers")
    assert "attend une réponse" in person.page.inner_text("main")
    person.choose("Non")
    person.press("Send my answers")
    assert sent(person) == 1


def test_without_a_mouse(keyboard: Person) -> None:
    code = opened(keyboard)
    keyboard.open(f"/questionnaires/{code}#ABCDEFGH")
    assert keyboard.page.locator("#ticket").input_value() == "ABCDEFGH"
    assert keyboard.page.url.endswith(code), "the code of the slip has left the address"
    keyboard.page.locator("#ticket").fill("")
    for label in ("Begin", "Go on"):
        go(keyboard, label)
    keyboard.tab_to("Oui")
    keyboard.page.keyboard.press("Space")
    go(keyboard, "Go on")
    assert "Pour quoi êtes-vous venu" in keyboard.page.inner_text("h1")


def go(keyboard: Person, label: str) -> None:
    keyboard.tab_to(label)
    with keyboard.page.expect_navigation():
        keyboard.page.keyboard.press("Enter")
    keyboard.look()
