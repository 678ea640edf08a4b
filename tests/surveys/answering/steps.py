"""A wave of the sample questionnaire, and the way a person takes through it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.surveys.answering import actions, queries
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import actions as questionnaires
from tests import make
from tests.browser import Visitor
from tests.surveys.questionnaire import sample

DOORS = [ChannelKind.LINK, ChannelKind.POSTER, ChannelKind.SLIPS, ChannelKind.KIOSK]
# One person, one screen after the other: the whole sample questionnaire.
SCREENS: list[tuple[str, dict[str, Any]]] = [
    ("hello", {}),
    ("came", {"came": "yes"}),
    ("why", {"why": ["nurse", "doctor"]}),
    ("minutes", {"minutes": "45"}),
    ("long_wait", {"long_wait": "On a attendu debout dans le couloir."}),
    ("felt", {"felt": "good"}),
    ("listen", {"listen": "rather_yes"}),
    ("often", {"often": "sometimes"}),
    ("since", {"since": ["3", "2024"]}),
    ("first", {"first": ["hours", "phone"]}),
    ("word", {"word": "Merci"}),
    ("who", {"who": "patient", "go": "send"}),
]


def open_wave(doors: list[ChannelKind] = DOORS, **plan: Any) -> Wave:
    """Strict, open since yesterday for a month. Commits."""
    owner = plan.pop("owner", None) or make.account("Chloé", Role.COORDINATOR)
    version = plan.pop("version", None) or questionnaires.create(sample.document(), by=owner)
    questionnaires.freeze(version, revision=version.revision, by=owner)
    facts: dict[str, Any] = {
        "title": "L’accueil, cet automne",
        "opens_at": now() - timedelta(days=1),
        "closes_at": now() + timedelta(days=30),
        "anonymity": Anonymity.STRICT,
        "retained_until": (now() + timedelta(days=700)).date(),
        "results_on": (now() + timedelta(days=40)).date(),
    }
    wave = actions.open_wave(version, doors, by=owner, **facts | plan)
    db.session.commit()
    return wave


def code_of(app: Flask, **plan: Any) -> str:
    with app.app_context():
        return open_wave(**plan).code


def change(app: Flask, code: str, **values: Any) -> None:
    """The team moves the end of the wave, or its day of results."""
    with app.app_context():
        wave = queries.wave_by_code(code)
        for name, value in values.items():
            setattr(wave, name, value)
        db.session.commit()


def begin(visitor: Visitor, code: str, data: dict[str, Any] | None = None, query: str = "") -> None:
    """From the first screen to the first question."""
    visitor.get(f"/questionnaires/{code}{query}")
    answer = visitor.post(f"/questionnaires/{code}/debut", data)
    visitor.follow(answer)


def step(visitor: Visitor, code: str, key: str, data: dict[str, Any], *, status: int = 302) -> Any:
    return visitor.post(f"/questionnaires/{code}/question/{key}", data, status=status)


def walk(visitor: Visitor, code: str, *, until: str = "") -> Any:
    """Answer every screen, up to `until`."""
    answer: Any = None
    for key, data in SCREENS:
        if key == until:
            break
        answer = step(visitor, code, key, data)
        visitor.follow(answer)
    return answer
