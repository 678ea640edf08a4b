"""Somebody answers on the phone: the same questions, read aloud, on one page."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.db import db
from engage.journal.models import Entry
from engage.outbox.models import Message
from engage.surveys.answering.kinds import Anonymity, Answered, ChannelKind
from engage.surveys.answering.models import Channel
from tests import make
from tests.browser import Visitor
from tests.surveys.answering import waves
from tests.surveys.answering.test_paper import text_of, waiting

SAID = {
    "q_came": "yes", "q_why": ["doctor", "nurse"], "q_minutes": "45",
    "q_long_wait": "J’ai attendu longtemps.",
    "q_felt": "very_good", "q_since": "2026-03", "q_first": ["hours", "phone"],
}  # fmt: skip


def call(app: Flask, **plan: Any) -> str:
    with app.app_context():
        return f"/equipe/enquetes/{waves.opened(**plan).code}/appel"


def alerts(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Message).filter_by(about_kind="wave")).all())


def test_a_call_is_noted_in_full_words(app: Flask, chloe: Visitor) -> None:
    here = call(app)
    chloe.get(here)
    page = text_of(chloe)
    assert "Êtes-vous venu ce mois-ci ?" in page
    assert "Seulement si" in page
    assert "Je ne note pas votre nom" in page
    assert "3114" in page
    chloe.follow(chloe.post(here, SAID))
    assert "L’appel est compté" in text_of(chloe)
    with app.app_context():
        (given,) = waiting()
        assert given["long_wait"].words == "J’ai attendu longtemps."
        assert given["listen"].state is Answered.SKIPPED
        assert len(given["why"].choices) == 2
        assert db.session.scalars(select(Channel.completed).filter_by(kind=ChannelKind.PHONE)).one() == 1
        entry = db.session.scalars(select(Entry).filter_by(verb="call typed")).one()
        assert entry.note == ""


def test_what_cannot_stand_is_said_and_all_is_kept(app: Flask, chloe: Visitor) -> None:
    here = call(app)
    chloe.get(here)
    chloe.post(here, SAID | {"q_minutes": "beaucoup", "q_why": ["doctor", "none"]}, status=422)
    page = text_of(chloe)
    assert "Écrivez un nombre en chiffres" in page
    assert "ne va pas avec" in page
    assert "J’ai attendu longtemps." in page
    assert unescape(chloe.page).count("checked") == 4
    with app.app_context():
        assert waiting() == []


def test_a_call_sent_twice_counts_once(app: Flask, chloe: Visitor) -> None:
    here = call(app)
    chloe.get(here)
    for _time in range(2):
        chloe.post(here, SAID)
    with app.app_context():
        assert len(waiting()) == 1


def test_a_closed_wave_takes_no_call(app: Flask, chloe: Visitor) -> None:
    here = call(app)
    chloe.get(here.removesuffix("/appel"))
    chloe.post(here.replace("/appel", "/fermeture"))
    chloe.get(here)
    assert "aucun appel ne peut être compté" in text_of(chloe)
    chloe.get(here.replace("/appel", "/feuilles"))
    assert "aucune feuille ne peut être comptée" in text_of(chloe)
    chloe.post(here, SAID | {"submission_key": "k" * 24}, status=409)


@pytest.mark.parametrize(("promise", "told"), [(Anonymity.STRICT, 0), (Anonymity.CONFIDENTIAL, 1)])
def test_a_caller_in_pain_hears_the_numbers_before_anything_counts(
    app: Flask, chloe: Visitor, promise: Anonymity, told: int
) -> None:
    here = call(app, anonymity=promise)
    with app.app_context():
        make.account("Benoît", Role.COORDINATOR)
    chloe.get(here)
    pain = SAID | {"q_long_wait": "Je n’en peux plus, je veux mourir."}
    chloe.post(here, pain, status=200)
    page = text_of(chloe)
    assert "La personne va peut-être très mal" in page
    assert "je veux mourir" in page, "what was noted stays"
    with app.app_context():
        assert waiting() == []
    for _time in range(2):
        chloe.post(here, pain)
    with app.app_context():
        (given,) = waiting()
        assert given["long_wait"].words == "Je n’en peux plus, je veux mourir."
    assert alerts(app) == told


@pytest.mark.parametrize(
    ("go", "kept"), [("mask", "Appelez-moi au […]."), ("send", "Appelez-moi au 06 12 34 56 78.")]
)
def test_words_that_tell_who_called_are_marked_and_the_person_chooses(
    app: Flask, chloe: Visitor, go: str, kept: str
) -> None:
    here = call(app)
    chloe.get(here)
    named = SAID | {"q_long_wait": "Appelez-moi au 06 12 34 56 78."}
    chloe.post(here, named, status=200)
    page = text_of(chloe)
    assert "<mark>06 12 34 56 78</mark>" in page
    assert "Les remplacer, puis compter" in page
    chloe.post(here, named | {"go": go})
    with app.app_context():
        (given,) = waiting()
        assert given["long_wait"].words == kept
