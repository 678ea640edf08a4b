"""People who answer a questionnaire as they are wished to: what their forms carry, the same each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from engage.core.db import db
from engage.surveys.answering.filling import fill
from engage.surveys.answering.given import Given
from engage.surveys.answering.kinds import Anonymity, Answered
from engage.surveys.answering.models import Answer, Response, Verbatim, Wave
from engage.surveys.answering.taking import ALONE, Raw
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.document import Document, Question
from engage.surveys.questionnaire.kinds import Type

AT_ONCE = 2000
SKIPPED, MIDDLE = "skipped", "middle"
USUALLY_SKIPPED, ALSO = 0.05, 0.4
Rows = list[dict[str, Any]]


@dataclass
class Crowd:
    """As many forms as `size`.

    `tastes`: by key of a question the weight of each choice, the share of those who leave it out (SKIPPED),
    and the number that most stay near (MIDDLE); a question without tastes is answered at random.
    `words`: by key of a question what was written, each by one person.
    """

    document: Document
    size: int
    tastes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    seed: int = 1

    def __iter__(self) -> Iterator[Raw]:
        draw = Random(self.seed)
        writers = {
            key: dict(zip(draw.sample(range(self.size), len(said)), said, strict=True))
            for key, said in self.words.items()
        }
        for number in range(self.size):
            written = {key: [said[number]] for key, said in writers.items() if number in said}
            asked = [question for question in self.document.questions if question.key not in writers]
            yield {question.key: self._marks(question, draw) for question in asked} | written

    def _marks(self, question: Question, draw: Random) -> list[str]:
        taste = self.tastes.get(question.key, {})
        if draw.random() < taste.get(SKIPPED, USUALLY_SKIPPED):
            return []
        if question.type.has_choices:
            return _choices(question, taste, draw)
        if question.type is Type.NUMBER:
            return [str(_number(question, taste, draw))]
        return [f"2025-{draw.randint(1, 12):02}"] if question.type is Type.MONTH else []


def _number(question: Question, taste: Mapping[str, float], draw: Random) -> int:
    low, high = int(question.settings.get("min", 0)), int(question.settings.get("max", 20))
    middle = taste.get(MIDDLE, low + (high - low) / 4)
    return round(draw.triangular(low, min(high, 4 * middle), middle / 2))


def _choices(question: Question, taste: Mapping[str, float], draw: Random) -> list[str]:
    weights = [taste.get(choice.code, 0.0 if taste else 1.0) for choice in question.choices]
    (first,) = draw.choices(question.choices, weights)
    if first.kind in ALONE or question.type.takes_one:
        return [first.code]
    others = [one for one in question.choices if one is not first and one.kind not in ALONE]
    also = [one.code for one in others if draw.random() < ALSO]
    if question.type is Type.RANKING:
        also = also[: int(question.settings.get("most", 5)) - 1]
    return [first.code, *also]


def respond(wave: Wave, crowd: Crowd) -> None:
    """Add what the crowd answers, as if it had been sent in time and settled since. The caller commits."""
    week = wave.opens_at.date() - timedelta(days=wave.opens_at.weekday())
    rows: dict[type, Rows] = {Response: [], Answer: [], Verbatim: []}
    about = {"wave_id": wave.id, "version_id": wave.version_id}
    for raw in crowd:
        response_id = uuid4()
        rows[Response].append({"id": response_id, "week": week, **about})
        for given in fill(wave.version, raw):
            rows[Answer] += _answers(given, response_id, wave)
            rows[Verbatim] += _words(given, response_id, wave)
        if len(rows[Response]) == AT_ONCE:
            _write(rows)
    _write(rows)


def _write(rows: dict[type, Rows]) -> None:
    for model, found in rows.items():
        if found:
            db.session.execute(insert(model), found)
        found.clear()


def _answers(given: Given, response_id: UUID, wave: Wave) -> Rows:
    row = {
        "response_id": response_id, "version_id": wave.version_id, "question_id": given.question_id,
        "state": given.state, "number": given.number, "month": given.month,
    }  # fmt: skip
    return [{**row, "place": place, "choice_id": one} for place, one in enumerate(given.choices or (None,))]


def _words(given: Given, response_id: UUID, wave: Wave) -> Rows:
    if not given.words or given.state is not Answered.ANSWERED:
        return []
    owner = None if wave.anonymity is Anonymity.STRICT else response_id
    about = {"wave_id": wave.id, "version_id": wave.version_id, "question_id": given.question_id}
    return [{"id": uuid4(), "response_id": owner, "body": given.words, **about}]


def crowd(wave: Wave, size: int, **wishes: Any) -> Crowd:
    """So many people before the questions of this wave."""
    return Crowd(questionnaires.document(wave.version), size, **wishes)
