"""What reminders say, and what they keep to themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from engage.core.db import db
from engage.events import sealed
from engage.events.kinds import Need, Reminded
from engage.events.models import Occurrence
from engage.events.reminding import actions, texts
from engage.events.reminding.commands import remind
from engage.outbox.models import Channel, Message
from tests.events.reminding.conftest import AFTER, DAY, EARLY, HOURS, at, reminders
from tests.events.signing.people import signed
from tests.outbox.conftest import use

Told = Callable[..., Message]
PHONE = {"contact": "06 12 34 56 78"}


@pytest.fixture
def told(walk: Occurrence, gateway: None, app: Flask) -> Told:
    """The only message that Amina gets at this moment."""
    use(app, base_url="https://voix.tilleuls.example")
    walk.event.title = "Marche des diabétiques"
    walk.event.to_bring, walk.event.address = "De l’eau", "3 rue des Lilas"

    def at_moment(moment: str, way: Reminded | None = None, **said: object) -> Message:
        with at(EARLY):
            amina = signed(walk, "Amina", 2, needs=[Need.STEP_FREE], needs_words="Un fauteuil", **said)
            if way:
                actions.prefer(amina, way)
            db.session.commit()
        with at(moment):
            remind()
        return reminders()[-1]

    return at_moment


def plainly(message: Message) -> str:
    return " ".join(message.body.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_the_mail_says_when_where_and_how_to_leave(told: Told) -> None:
    message = told(DAY)
    assert message.subject == "Rappel : Rendez-vous du jeudi, jeudi 26 novembre 2026"
    body = plainly(message)
    assert "Bonjour Amina," in body
    assert "Rendez-vous du jeudi jeudi 26 novembre 2026 à 10 h Parc, 3 rue des Lilas" in body
    assert "De l’eau" not in body  # what to bring may say what an event with a neutral title is about
    assert sealed.address(message.about_ref) in body
    assert "https://voix.tilleuls.example/courrier/arreter/" in body


@pytest.mark.parametrize("moment", [DAY, AFTER])
def test_neither_illness_nor_needs_stand_in_a_mail(told: Told, moment: str) -> None:
    body = told(moment).body
    assert "diabétiques" not in body
    assert "fauteuil" not in body


def test_thanks_bring_three_faces(told: Told, walk: Occurrence) -> None:
    message = told(AFTER)
    assert message.subject == "Rendez-vous du jeudi : merci, et votre avis ?"
    assert sealed.feedback_address(walk) in message.body


def test_one_sms_holds_it_all(told: Told) -> None:
    message = told(HOURS, Reminded.SMS, reply="phone", **PHONE)
    assert message.channel is Channel.SMS
    link = sealed.short_address(message.about_ref)
    assert message.body == (
        f"Rappel : Rendez-vous du jeudi, jeudi 26 novembre à 10 h. Vous ne venez pas ? {link}"
    )
    assert len(message.body) <= 160
    assert set(message.body) <= texts.GSM


def test_thanks_by_sms_fit_too(told: Told, walk: Occurrence) -> None:
    message = told(AFTER, Reminded.SMS, reply="phone", **PHONE)
    link = sealed.feedback_address(walk)
    assert message.body == f"Merci de votre venue : Rendez-vous du jeudi, votre avis en un geste : {link}"


def test_whoever_calls_reads_what_to_say(told: Told) -> None:
    message = told(DAY, reply="phone", **PHONE)
    assert message.channel is Channel.PHONE
    assert plainly(message) == (
        "À rappeler : Rendez-vous du jeudi jeudi 26 novembre 2026 à 10 h · Parc "
        "Inscription pour 2 personnes. À apporter : De l’eau À demander : venez-vous toujours ?"
    )


def test_whoever_calls_afterwards_notes_the_answer_without_a_name(told: Told, walk: Occurrence) -> None:
    body = told(AFTER, reply="phone", **PHONE).body
    assert sealed.feedback_address(walk) in body
    assert "avez-vous aimé" in body


def test_each_in_their_language(told: Told) -> None:
    assert told(DAY, language="en").subject == "Reminder: Rendez-vous du jeudi, Thursday 26 November 2026"


@given(st.text(max_size=300), st.text(max_size=60))
def test_a_long_title_gives_way(title: str, rest: str) -> None:
    said = texts.fitted("Rappel :", title, rest, link="https://voix.tilleuls.example/r/abcd/123")
    assert said.endswith(" https://voix.tilleuls.example/r/abcd/123")
    fixed = (
        len(said) - len(said.removeprefix("Rappel : ").split(texts.plain(rest))[0]) if rest.strip() else 160
    )
    assert len(said) <= max(texts.ONE_SMS, fixed + texts.SHORTEST_TITLE + 2)


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("«\u00a0L’été\u00a0» à l’hôpital…", "\"L'été\" à l'hopital..."),
        ("Cœur, forêt, leçon, Noël\u202f!", "Coeur, foret, lecon, Noel !"),
        ("مرحبا", "مرحبا"),
    ],
)
def test_every_phone_has_these_signs(words: str, plain: str) -> None:
    assert texts.plain(words) == plain
