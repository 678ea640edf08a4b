"""Somebody opens a questionnaire, answers it one screen after the other, and is thanked."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask
from sqlalchemy import func, select

from engage.core.db import db
from engage.ideas.models import Publication
from engage.intake.models import Draft
from engage.surveys.answering.given import unpacked
from engage.surveys.answering.kinds import Anonymity, Answered, ChannelKind
from engage.surveys.answering.models import Channel, Pending
from tests import make
from tests.browser import Visitor
from tests.surveys.answering.steps import SCREENS, begin, code_of, walk


def pending(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count()).select_from(Pending)).one()


def counted(app: Flask, kind: ChannelKind) -> tuple[int, int]:
    with app.app_context():
        row = db.session.scalars(select(Channel).filter_by(kind=kind)).one()
        return row.started, row.completed


def test_one_question_a_screen_from_the_first_to_the_thanks(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    nobody.get("/questionnaires")
    assert "L’accueil, cet automne" in nobody.page
    begin(nobody, code)
    assert "Merci d’être là." in nobody.page
    walk(nobody, code)
    assert "Nous avons bien reçu vos réponses" in nobody.page
    assert counted(app, ChannelKind.LINK) == (1, 1)
    with app.app_context():
        (row,) = db.session.scalars(select(Pending)).all()
        states = [given.state for given in unpacked(row.content)]
    assert states.count(Answered.ANSWERED) == len(SCREENS) - 1


def test_the_first_screen_says_what_one_should_know(app: Flask, nobody: Visitor) -> None:
    code = code_of(app, purpose="Nous changerons les horaires.")
    nobody.get(f"/questionnaires/{code}")
    for words in ("Mieux vous recevoir.", "Nous changerons les horaires.", "un parmi au moins 5", "minutes"):
        assert words in nobody.page
    assert "Entre 8 et 11 questions" in nobody.page


def test_sentences_of_the_first_screen_do_not_touch(app: Flask, nobody: Visitor) -> None:
    nobody.get(f"/questionnaires/{code_of(app, anonymity=Anonymity.CONFIDENTIAL)}")
    said = re.sub("<[^>]+>", "", unescape(nobody.page))
    assert not re.findall(r"\w[.][A-ZÀÉ]", said)


def test_an_idea_offers_what_is_asked_from_ideas(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        idea = make.idea(publication=Publication.PUBLIC)
        db.session.commit()
        page = f"/idees/{idea.code}"
    nobody.get(page)
    assert "Votre avis aussi" not in nobody.page
    code = code_of(app, doors=[ChannelKind.LINK, ChannelKind.IDEA], is_listed=False)
    nobody.get(page)
    address = f"/questionnaires/{code}?par=idee"
    assert f'href="{address}"' in nobody.page
    begin(nobody, code, query="?par=idee")
    walk(nobody, code)
    assert counted(app, ChannelKind.IDEA) == (1, 1)
    assert counted(app, ChannelKind.LINK) == (0, 0)


def test_a_date_offers_what_is_asked_from_events_and_ideas_do_not(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        date = make.occurrence(make.event())
        idea = make.idea(publication=Publication.PUBLIC)
        db.session.commit()
        page, other = f"/evenements/{date.code}", f"/idees/{idea.code}"
    code = code_of(app, doors=[ChannelKind.LINK, ChannelKind.EVENT], is_listed=False)
    nobody.get(page)
    assert f'href="/questionnaires/{code}?par=evenement"' in nobody.page
    nobody.get(other)
    assert "Votre avis aussi" not in nobody.page
    begin(nobody, code, query="?par=evenement")
    walk(nobody, code)
    assert counted(app, ChannelKind.EVENT) == (1, 1)


def test_who_begins_again_leaves_nothing_of_the_first_try_and_counts_once(
    app: Flask, nobody: Visitor
) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="why")
    nobody.get(f"/questionnaires/{code}")
    assert "Recommencer au début" in nobody.page
    begin(nobody, code)
    with app.app_context():
        assert db.session.scalars(select(func.count()).select_from(Draft)).one() == 1
    walk(nobody, code)
    assert counted(app, ChannelKind.LINK) == (1, 1)
    begin(nobody, code)
    walk(nobody, code, until="why")
    assert counted(app, ChannelKind.LINK) == (2, 1)
