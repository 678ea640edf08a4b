"""A wave that is over and mixed, with figures and free words: what the reading desk and the sheet need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.surveys.answering.kinds import Anonymity, Answered, ChannelKind
from engage.surveys.answering.models import Answer, Channel, Response, Verbatim, Wave
from engage.surveys.questionnaire import actions as questionnaires
from engage.surveys.questionnaire.models import Choice, Question, Version
from engage.surveys.questionnaire.parsing import parse
from tests import make

YAML = """
questionnaire: {code}
name: {{fr: "L’accueil et vous"}}
aim: {{fr: "Mieux vous recevoir."}}
licence: ""
instrument: null
languages: [fr]
pages:
  - key: p1
    title: {{fr: {{standard: "L’accueil"}}}}
    questions:
      - {{key: reach, concept: reach.phone, type: faces, required: false, settings: {{points: 5}},
         text: {{fr: {{standard: "Comment se passent vos appels ?"}}}}}}
      - {{key: kind, concept: welcome.kind, type: yes_no, required: false,
         text: {{fr: {{standard: "Vous a-t-on dit bonjour ?"}}}}}}
      - {{key: wait, concept: places.wait, type: one, required: false,
         text: {{fr: {{standard: "Combien de temps attendez-vous ?"}}}},
         choices: [{{code: short, score: 3, text: {{fr: {{standard: "Peu de temps"}}}}}},
                   {{code: medium, score: 2, text: {{fr: {{standard: "Un moment"}}}}}},
                   {{code: long, score: 1, text: {{fr: {{standard: "Trop longtemps"}}}}}}]}}
      - {{key: words, concept: welcome.words, type: long_text, required: false,
         text: {{fr: {{standard: "Que voulez-vous nous dire ?"}}}}}}
"""
WORDS = [
    "J’attends trop longtemps au téléphone.",
    "L’accueil est très souriant, merci.",
    "Madame Durand, 06 12 34 56 78, m’a bien aidée.",
    "La salle d’attente est bruyante.",
    "Rien à dire.",
]
SHARES = {"reach": (6, 18, 5, 6, 5), "kind": (31, 9, 0), "wait": (11, 12, 17)}


def version(code: str, by: Account) -> Version:
    made = questionnaires.create(parse(YAML.format(code=code).encode()), by=by)
    questionnaires.freeze(made, revision=made.revision, by=by)
    return made


def wave(title: str = "L’accueil, cet automne", *, code: str = "accueil", **values: Any) -> Wave:
    """Closed an hour ago, without any answer yet."""
    facts = {
        "opens_at": now() - timedelta(days=20),
        "closes_at": now() - timedelta(hours=1),
        "settled_at": now(),
        "anonymity": Anonymity.STRICT,
        "retained_until": (now() + timedelta(days=700)).date(),
    }
    frozen = version(code, make.account("Claude", Role.COORDINATOR))
    made = Wave(version_id=frozen.id, title=title, **facts | values)
    db.session.add(made)
    db.session.flush()
    db.session.add(Channel(wave_id=made.id, kind=ChannelKind.LINK))
    db.session.flush()
    return made


def answered(wave: Wave, shares: Mapping[str, Sequence[int]], words: Sequence[str] = WORDS) -> list[UUID]:
    """Responses with so many answers to each choice of each question, and the ids of the words."""
    questions = {
        one.key: one for one in db.session.scalars(select(Question).filter_by(version_id=wave.version_id))
    }
    responses = [
        Response(wave_id=wave.id, version_id=wave.version_id, week=now().date()) for _ in range(most(shares))
    ]
    db.session.add_all(responses)
    db.session.flush()
    for key, question in questions.items():
        said = _choices(question, shares.get(key, ()))
        for response, choice in zip(responses, [*said, *[None] * len(responses)], strict=False):
            db.session.add(_answer(wave, response, question, choice))
    verbatims = [_verbatim(wave, questions["words"], body) for body in words]
    db.session.add_all(verbatims)
    db.session.flush()
    return [one.id for one in verbatims]


def most(shares: Mapping[str, Sequence[int]]) -> int:
    return max((sum(counts) for counts in shares.values()), default=0)


def _choices(question: Question, counts: Sequence[int]) -> list[UUID]:
    rows = select(Choice.id).filter_by(version_id=question.version_id, question_id=question.id)
    ids = db.session.scalars(rows.order_by(Choice.position)).all()
    return [choice for choice, count in zip(ids, counts, strict=False) for _ in range(count)]


def _answer(wave: Wave, response: Response, question: Question, choice: UUID | None) -> Answer:
    state = Answered.ANSWERED if choice else Answered.SKIPPED
    return Answer(
        question_id=question.id, response_id=response.id, place=0, version_id=wave.version_id,
        state=state, choice_id=choice,
    )  # fmt: skip


def _verbatim(wave: Wave, question: Question, body: str) -> Verbatim:
    return Verbatim(wave_id=wave.id, version_id=wave.version_id, question_id=question.id, body=body)


def heard(
    title: str = "L’accueil, cet automne", words: Sequence[str] = WORDS, **values: Any
) -> tuple[Wave, list[UUID]]:
    """A wave of 40 responses with these words. Commits."""
    made = wave(title, **values)
    ids = answered(made, SHARES, words)
    db.session.execute(update(Channel).filter_by(wave_id=made.id).values(completed=most(SHARES)))
    db.session.commit()
    return made, ids
