"""Thousands of responses to a wave in seconds, spread as they are wished, through the conditions it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from engage.core.db import db
from engage.surveys.answering.kinds import Answered, ChannelKind
from engage.surveys.answering.models import Answer, Channel, Response, Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.conditions import Value, holds
from engage.surveys.questionnaire.document import Document, Question
from engage.surveys.questionnaire.kinds import ChoiceKind, Type
from engage.surveys.questionnaire.models import Choice
from engage.surveys.questionnaire.models import Question as Row

AT_ONCE = 2000
SKIPPED = "skipped"
"""In the tastes of a question: the weight of those who leave it out."""
Tastes = Mapping[str, Mapping[str, float]]
Rows = list[dict[str, Any]]
Ids = dict[str, tuple[UUID, dict[str, UUID]]]
AWAY = {ChoiceKind.NOT_APPLICABLE, ChoiceKind.DONT_KNOW}


def ids(version_id: UUID) -> Ids:
    """Questions by key, their choices by code."""
    asked = (
        select(Row.key, Row.id, Choice.code, Choice.id)
        .outerjoin(Choice, (Choice.version_id == Row.version_id) & (Choice.question_id == Row.id))
        .where(Row.version_id == version_id)
    )
    found: Ids = {}
    for key, question_id, code, choice_id in db.session.execute(asked):
        codes = found.setdefault(key, (question_id, {}))[1]
        if code is not None:
            codes[code] = choice_id
    return found


def respond(wave: Wave, number: int, *, seed: int = 1, tastes: Tastes | None = None) -> None:
    """Add `number` responses, as if they had been settled; the same again for the same seed.

    `tastes`: by key of a question the weight of each choice and of SKIPPED; else all choices weigh the same
    and one in twenty skips. The caller commits.
    """
    document, known = questionnaires.document(wave.version), ids(wave.version_id)
    draw = Random(seed)
    week = wave.opens_at.date() - timedelta(days=wave.opens_at.weekday())
    for start in range(0, number, AT_ONCE):
        responses, answers = Rows(), Rows()
        for _ in range(min(AT_ONCE, number - start)):
            about = {"response_id": uuid4(), "version_id": wave.version_id}
            responses.append({"id": about["response_id"], **_held(wave, week)})
            answers.extend(_answers(document, known, tastes or {}, draw, about))
        db.session.execute(insert(Response), responses)
        db.session.execute(insert(Answer), answers)
    for channel in db.session.scalars(select(Channel).filter_by(wave_id=wave.id, kind=ChannelKind.LINK)):
        channel.completed += number


def _held(wave: Wave, week: date) -> dict[str, Any]:
    return {"wave_id": wave.id, "version_id": wave.version_id, "week": week}


def _answers(
    document: Document, known: Ids, tastes: Tastes, draw: Random, about: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    values: dict[str, Value] = {}
    for question in document.questions:
        question_id, codes = known[question.key]
        row = {**about, "question_id": question_id, "place": 0, "choice_id": None, "number": None}
        row |= {"month": None, "state": Answered.NOT_SHOWN}
        if question.type is Type.INFORMATION or not holds(question.show_if, values):
            yield row
            continue
        state, value = answer(question, tastes.get(question.key, {}), draw)
        if value is not None:
            values[question.key] = value
        for place, held in enumerate(_cells(question, value)):
            if "code" in held:
                held["choice_id"] = codes[held.pop("code")]
            yield {**row, "state": state, "place": place, **held}


def _cells(question: Question, value: Value | None) -> list[dict[str, Any]]:
    match question.type, value:
        case _, frozenset() | tuple():
            return [{"code": code} for code in value]
        case Type.NUMBER, int() | float():
            return [{"number": float(value)}]
        case Type.MONTH, str():
            return [{"month": date.fromisoformat(f"{value}-01")}]
    return [{}]


def answer(question: Question, taste: Mapping[str, float], draw: Random) -> tuple[Answered, Value | None]:
    """What one person says to one question."""
    weights = {choice.code: taste.get(choice.code, 0.0 if taste else 1.0) for choice in question.choices}
    if draw.random() < taste.get(SKIPPED, 0.05):
        return Answered.SKIPPED, None
    if question.type.has_choices:
        return _chosen(question, weights, draw)
    if question.type is Type.NUMBER:
        low, high = int(question.settings.get("min", 0)), int(question.settings.get("max", 20))
        return Answered.ANSWERED, round(draw.triangular(low, high, low + (high - low) / 4))
    if question.type is Type.MONTH:
        return Answered.ANSWERED, f"{draw.choice((2025, 2026))}-{draw.randint(1, 6):02}"
    return Answered.ANSWERED, "…"


def _chosen(question: Question, weights: Mapping[str, float], draw: Random) -> tuple[Answered, Value]:
    (first,) = draw.choices(list(weights), list(weights.values()))
    choice = question.choice(first)
    if choice and choice.kind in AWAY:
        return Answered.NOT_APPLICABLE, frozenset({first})
    if question.type.takes_one or (choice and choice.kind is ChoiceKind.NONE_OF_THESE):
        return Answered.ANSWERED, frozenset({first})
    together = [one.code for one in question.choices if one.kind in {ChoiceKind.NORMAL, ChoiceKind.OTHER}]
    more = [code for code in together if code != first and draw.random() < 0.4]
    if question.type is Type.RANKING:
        draw.shuffle(more)
        return Answered.ANSWERED, tuple([first, *more][: int(question.settings.get("most", 5))])
    return Answered.ANSWERED, frozenset({first, *more})
