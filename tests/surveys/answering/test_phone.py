"""Somebody answers on the phone: the same questions, read aloud, on one page."""

from __future__ import annotations

from html import unescape

from flask import Flask
from sqlalchemy import select

from engage.core.db import db
from engage.journal.models import Entry
from engage.surveys.answering.kinds import Answered, ChannelKind
from engage.surveys.answering.models import Channel
from tests.browser import Visitor
from tests.surveys.answering import waves
from tests.surveys.answering.test_paper import text_of, waiting

SAID = {
    "q_came": "yes", "q_why": ["doctor", "nurse"], "q_minutes": "45",
    "q_long_wait": "J’ai attendu longtemps.",
    "q_felt": "very_good", "q_since": "2026-03", "q_first": ["hours", "phone"],
}  # fmt: skip


def call(app: Flask) -> str:
    with app.app_context():
        return f"/equipe/enquetes/{waves.opened().code}/appel"


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
