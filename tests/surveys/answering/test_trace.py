"""Whoever reads the log of the server, or the draft left behind, learns neither ticket, words nor address."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select, text

from engage.core import access
from engage.core.db import db
from engage.intake.models import Draft
from engage.surveys.answering import commands
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Pending
from engage.surveys.answering.steps import session as own
from tests.browser import Visitor
from tests.surveys.answering.steps import SCREENS, begin, code_of, step, walk
from tests.surveys.answering.test_attacker import stolen
from tests.surveys.answering.test_sending import hand_out, noted

SENDER = "192.0.2.77"
AGENT = "Telephone de Benoit"


def test_the_log_names_pages_and_nobody(
    app: Flask, nobody: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    code = code_of(app)
    (ticket,) = hand_out(app, code)
    access.watch(app)
    nobody.client.environ_base |= {"REMOTE_ADDR": SENDER, "HTTP_USER_AGENT": AGENT}
    begin(nobody, code, {"ticket": ticket})
    nobody.follow(step(nobody, code, "came", {"came": "yes", "go": "later"}))
    words = noted(nobody)
    walk(nobody, code)
    nobody.post(f"/questionnaires/{code}/prevenir", {"contact": "benoit@exemple.fr"})
    said = capsys.readouterr().err
    lines = [json.loads(line) for line in said.splitlines()]
    assert {line["page"] for line in lines} >= {
        "surveys.begin",
        "survey_steps.question",
        "survey_steps.notice",
    }
    assert {tuple(line) for line in lines} == {
        ("event", "method", "page", "status", "ms", "level", "timestamp")
    }
    for secret in (ticket, ticket.lower(), code, SENDER, AGENT, "exemple.fr", *words.split()):
        assert secret not in said


def test_words_of_pain_leave_the_same_lines_as_any_others(
    app: Flask, nobody: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    code = code_of(app)
    access.watch(app)
    told = []
    for words in ("Rien à dire.", "Je veux mourir."):
        visitor = Visitor(app)
        begin(visitor, code)
        walk(visitor, code, until="long_wait")
        capsys.readouterr()
        visitor.follow(step(visitor, code, "long_wait", {"long_wait": words}))
        said = capsys.readouterr().err
        told.append([(line["page"], line["status"]) for line in map(json.loads, said.splitlines())])
    assert told[0] == told[1]


def test_nothing_of_a_draft_is_left_in_the_files(app: Flask) -> None:
    """Not even encrypted: whoever also stole the keys finds no answers beside the words that led to them."""
    code = code_of(app)
    sealed: set[str] = set()
    for _person in range(5):
        visitor = Visitor(app)
        begin(visitor, code)
        for key, data in SCREENS:
            step(visitor, code, key, data)
            with app.app_context():
                sealed.update(db.session.scalars(text("SELECT content FROM draft")))
    with app.app_context():
        kept = set(db.session.scalars(text("SELECT content FROM draft")))
        assert commands.settle() == 5
        taken = stolen()
    assert len(sealed - kept) > 5
    for content in sealed - kept:
        assert content.encode()[60:120] not in taken


def test_the_next_person_finds_nothing_by_going_back(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    answer = nobody.get(f"/questionnaires/{code}/question/came")
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_cookie_outlives_the_session(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    nobody.get(f"/questionnaires/{code}")
    answers = [nobody.post(f"/questionnaires/{code}/debut")]
    nobody.follow(answers[0])
    for key, data in SCREENS:
        answers.append(step(nobody, code, key, data))
        answers.append(nobody.follow(answers[-1]))
    cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    assert cookies
    assert not [one for one in cookies if "Expires" in one or "Max-Age" in one]


def test_what_is_left_of_a_draft_leads_to_no_answer(app: Flask, nobody: Visitor) -> None:
    """Neither the key of the form nor the moment of sending: only that these words were used."""
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="who")
    with nobody.client.session_transaction() as held:
        said = held[own.WORDS]
    step(nobody, code, "who", dict(SCREENS)["who"])
    with app.app_context():
        (draft,) = db.session.scalars(select(Draft)).all()
        (waiting,) = db.session.scalars(select(Pending)).all()
        assert draft.values == {"wave": code}
        assert (draft.expires_at.hour, draft.expires_at.minute, draft.expires_at.microsecond) == (0, 0, 0)
        assert waiting.submission_key not in f"{draft.key_digest} {draft.content}"
        assert said not in waiting.content
        assert waiting.wave_id is not None
    with nobody.client.session_transaction() as held:
        assert own.WORDS not in held, "this browser holds the words no more"
        assert ChannelKind.LINK not in held.values()
