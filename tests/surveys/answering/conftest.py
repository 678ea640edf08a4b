"""A small frozen questionnaire, and somebody who may open a wave of it."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

import pytest
from flask import Flask

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.surveys.answering import actions
from engage.surveys.answering.given import Given
from engage.surveys.answering.kinds import Anonymity, Answered, ChannelKind
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire.kinds import State, Type
from engage.surveys.questionnaire.models import Choice, Page, Question, Questionnaire, Version
from tests import make


class Asked(NamedTuple):
    """A frozen version with a question of one choice and one of free words."""

    version: Version
    easy: UUID
    choices: list[UUID]
    words: UUID

    def given(self, choice: int, words: str = "") -> list[Given]:
        state = Answered.ANSWERED if words else Answered.SKIPPED
        return [
            Given(self.easy, Answered.ANSWERED, (self.choices[choice],)),
            Given(self.words, state, words=words),
        ]


def _question(version: Version, page: Page, key: str, kind: Type, position: int) -> Question:
    question = Question(
        version_id=version.id, page_id=page.id, key=key, concept=f"reach.{key}", type=kind,
        position=position, required=False, prefer_not=False, settings={},
    )  # fmt: skip
    db.session.add(question)
    db.session.flush()
    return question


@pytest.fixture
def asked(session: object) -> Asked:
    owner = Questionnaire(code="accueil", created_at=now())
    version = Version(questionnaire=owner, number=1, languages=["fr"], edited_at=now())
    db.session.add(version)
    db.session.flush()
    page = Page(version_id=version.id, key="p1", position=1)
    db.session.add(page)
    db.session.flush()
    easy = _question(version, page, "easy", Type.ONE, 1)
    words = _question(version, page, "words", Type.LONG_TEXT, 2)
    choices = [
        Choice(version_id=version.id, question_id=easy.id, code=code, position=place)
        for place, code in enumerate(("easy", "hard", "never"), start=1)
    ]
    db.session.add_all(choices)
    db.session.flush()
    version.state, version.content_hash, version.frozen_at = State.FROZEN, "h", now()
    db.session.commit()
    return Asked(version, easy.id, [choice.id for choice in choices], words.id)


@pytest.fixture
def chloe_row(session: object) -> Account:
    return make.account("Chloé", Role.COORDINATOR)


@pytest.fixture
def wave(app: Flask, asked: Asked, chloe_row: Account) -> Wave:
    """Strict, open since yesterday for a month."""
    opened = actions.open_wave(
        asked.version,
        [ChannelKind.LINK, ChannelKind.SLIPS],
        by=chloe_row,
        title="L’accueil, cet automne",
        opens_at=now() - timedelta(days=1),
        closes_at=now() + timedelta(days=30),
        anonymity=Anonymity.STRICT,
        retained_until=(now() + timedelta(days=700)).date(),
    )
    db.session.commit()
    return opened
