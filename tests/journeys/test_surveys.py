"""The coordinator of the demo takes a questionnaire from its draft to published results and a promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import update

from engage.core.clock import now
from engage.core.db import db
from engage.demo.respondents import crowd
from engage.surveys.answering import actions, commands, queries
from engage.surveys.answering.filling import fill as filled
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Wave
from tests.journeys.conftest import Person, opened, said

pytestmark = pytest.mark.journey

TITLE = "Nous joindre : ce qui a changé"
PURPOSE = "Nous choisirons avec vous ce qui change."
DESK = "/equipe/questionnaires"
ANSWERS, ENOUGH = 60, timedelta(minutes=30)
WORDS = ["On me rappelle vite.", "Le lundi, ça sonne encore occupé.", "Un coin fermé pour parler."]


@pytest.fixture(params=[320, 1280])
def chloe(browser: Browser, demo: tuple[Flask, str], request: pytest.FixtureRequest) -> Iterator[Person]:
    page = opened(browser, request.param, scripts=True)
    person = Person(page, demo, None)
    person.open("/connexion")
    page.locator("form:has(input[value=chloe]) button").click()
    yield person
    page.context.close()


def test_from_a_draft_to_a_promise_kept_in_sight(chloe: Person) -> None:
    freeze_the_next_version(chloe)
    code = plan(chloe)
    print_what_it_needs(chloe)
    answer(chloe, code)
    close(chloe, code)
    read(chloe, code)
    publish(chloe, code)


def freeze_the_next_version(chloe: Person) -> None:
    chloe.open(f"{DESK}/accueil/2")
    chloe.press("Make a new draft")
    chloe.open(f"{DESK}/accueil/3/questions/reach_moment")
    chloe.page.locator("[name=text__fr__standard]").fill("Quand préférez-vous nous appeler ?")
    chloe.press("Save")
    chloe.press("Rehearse")
    assert "200" in chloe.page.inner_text("main")
    chloe.press("What changed")
    chloe.choose("Form only: the figures go on as before")
    chloe.press("Keep this")
    chloe.press("Freeze this version")


def plan(chloe: Person) -> str:
    """A wave with four ways in, open from this morning; its code."""
    chloe.open("/equipe/enquetes")
    chloe.press("Plan a wave")
    version = chloe.page.locator("[name=version_id] option", has_text="version 3").get_attribute("value")
    chloe.page.locator("[name=version_id]").select_option(version)
    chloe.write("Title of this wave", TITLE)
    chloe.write("What will be done with the answers", PURPOSE)
    chloe.page.locator("[name=opens_on]").fill(f"{now():%Y-%m-%d}")
    chloe.page.locator("[name=opens_hour]").fill("00:00")
    chloe.choose("Slips that serve once")
    chloe.press("Plan this wave")
    found = re.search(r"/equipe/enquetes/(\w+)$", chloe.page.url)
    assert found, chloe.page.url
    assert said("Open to answers") in chloe.page.inner_text("main")
    return found[1]


def print_what_it_needs(chloe: Person) -> None:
    """The poster, ten slips, and the sheet to fill with a pen."""
    for label in ("Poster (PDF)", "Sheet (PDF)"):
        link = chloe.page.get_by_role("link", name=said(label))
        answer = chloe.page.request.get(chloe.address + str(link.get_attribute("href")))
        assert answer.body().startswith(b"%PDF"), label
    chloe.press("Print or cancel slips")
    chloe.page.locator("[name=number]").fill("10")
    form = chloe.page.locator("form:has([name=number])")
    fields = form.evaluate("form => Object.fromEntries(new FormData(form))")
    place = chloe.address + str(form.get_attribute("action"))
    assert chloe.page.request.post(place, form=fields).body().startswith(b"%PDF")


def answer(chloe: Person, code: str) -> None:
    """One person through the screens, one sheet typed by its digits, the others as the site takes them."""
    chloe.open(f"/questionnaires/{code}")
    chloe.press("Begin")
    send = chloe.page.get_by_role("button", name=said("Send my answers"))
    while not send.count():
        chloe.press("Go on")
    chloe.press("Send my answers")
    assert "/merci" in chloe.page.url
    with chloe.app.app_context():
        wave = queries.wave_by_code(code)
        people = crowd(wave, ANSWERS, words={"reach_change": WORDS})
        for number, raw in enumerate(people):
            key = f"journey-{number:04}"
            actions.send(wave, filled(wave.version, raw), channel=ChannelKind.LINK, submission_key=key)
        db.session.commit()
    chloe.open(f"/equipe/enquetes/{code}")
    assert f"{ANSWERS + 1} réponses" in chloe.page.inner_text("main")


def close(chloe: Person, code: str) -> None:
    chloe.page.get_by_text(said("Close this wave now")).click()
    chloe.press("Close now")
    chloe.open(f"/equipe/enquetes/{code}/resultats")
    assert said("No figure before the end") in chloe.page.inner_text("main")
    with chloe.app.app_context():
        earlier = {"opens_at": now() - 2 * ENOUGH, "closes_at": now() - ENOUGH}
        db.session.execute(update(Wave).filter_by(code=code).values(**earlier))
        db.session.commit()
        assert commands.settle() == ANSWERS + 1


def read(chloe: Person, code: str) -> None:
    """The figures, beside last year's, then the words."""
    chloe.open("/equipe/enquetes")
    assert chloe.page.get_by_text(said("Closed, results to publish")).count() == 2, "hers and the demo's"
    chloe.open(f"/equipe/enquetes/{code}/resultats")
    chloe.press("Release the results")
    assert f"{ANSWERS + 1} personnes ont répondu" in chloe.page.inner_text("main")
    chloe.press("Compare with another wave")
    verdicts = chloe.page.inner_text("main")
    assert any(said(word).lower() in verdicts.lower() for word in ("better", "less good", "one cannot say"))
    chloe.open(f"/equipe/enquetes/{code}/paroles")
    chloe.press("Open the words")
    chloe.press("Read eight of them: two minutes")
    for _text in WORDS:
        chloe.press("Can be published")
    assert chloe.page.get_by_role("button", name=said("Can be published")).count() == 0


def publish(chloe: Person, code: str) -> None:
    chloe.open(f"/equipe/enquetes/{code}/feuille")
    boxes = chloe.page.locator("[name=figures]")
    for place in range(3):
        boxes.nth(place).check()
    chloe.page.locator("[name=quotes]").first.check()
    chloe.write("What we heard", "Le téléphone sonne encore occupé le lundi matin.")
    chloe.write("What we commit to", "Une personne de plus répond le lundi matin.")
    chloe.press("Keep the sheet")
    chloe.press("Link a commitment")
    chloe.page.locator("[name=commitment]").select_option(index=1)
    chosen = chloe.page.locator("[name=commitment] option:checked").inner_text()
    chloe.press("Link it")
    chloe.open(f"/equipe/enquetes/{code}")
    assert said("Closed, results to publish") in chloe.page.inner_text("main")
    chloe.open(f"/equipe/enquetes/{code}/feuille")
    chloe.press("Publish the results")
    chloe.open(f"/equipe/enquetes/{code}")
    assert said("Finished") in chloe.page.inner_text("main")
    chloe.open(f"/questionnaires/{code}/resultats")
    assert chosen in chloe.page.inner_text("main")
    chloe.open("/ce-qui-change")
    chloe.page.get_by_role("link", name=TITLE).first.click()
    chloe.look()
    assert code in chloe.page.url
