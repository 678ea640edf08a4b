"""Waves that are over, filled in one go, ready to be released."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from benchmarks.surveys import Tastes, respond
from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.surveys.answering import actions as answering
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import actions as questionnaires
from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.models import Version
from engage.surveys.results import actions, queries
from engage.surveys.results.showing import Results
from tests.surveys.questionnaire import sample


def version(by: Account, document: Document | None = None) -> Version:
    """A frozen one, of each type a question unless it is said."""
    made = questionnaires.create(document or sample.document(), by=by)
    questionnaires.freeze(made, revision=made.revision, by=by)
    return made


def wave(by: Account, asked: Version, number: int, **plan: Any) -> Wave:
    """Over since yesterday, all answers mixed. `seed` and `tastes` shape them."""
    seed, tastes = plan.pop("seed", 1), plan.pop("tastes", None)
    end: datetime = plan.pop("closes_at", now() - timedelta(days=1))
    facts: dict[str, Any] = {
        "title": "L’accueil, cet automne",
        "opens_at": end - timedelta(days=30),
        "closes_at": end,
        "anonymity": Anonymity.CONFIDENTIAL,
        "retained_until": (end + timedelta(days=700)).date(),
    }
    made = answering.open_wave(asked, [ChannelKind.LINK, ChannelKind.PAPER], by=by, **facts | plan)
    add(made, number, seed=seed, tastes=tastes)
    made.settled_at = now()
    db.session.commit()
    return made


def add(made: Wave, number: int, *, seed: int, tastes: Tastes | None = None) -> None:
    respond(made, number, seed=seed, tastes=tastes)
    db.session.commit()


def released(made: Wave, by: Account) -> Results:
    actions.release(made, by=by)
    db.session.commit()
    found = queries.shown(made)
    assert found is not None
    return found
