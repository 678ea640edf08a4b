"""Answers one by one, in an order that was drawn for this file alone, a few hundred at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from secrets import SystemRandom
from uuid import UUID

from sqlalchemy import select

from engage.core.db import db
from engage.surveys.answering.kinds import Answered
from engage.surveys.answering.models import Answer, Response, Wave
from engage.surveys.questionnaire.document import Question
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.results import counting
from engage.surveys.results.files.variables import MISSING, Variable, missing_code, numbers

AT_ONCE = 500
Row = tuple[float | None, ...]


@dataclass
class Held:
    """What one response says to one question."""

    state: Answered
    codes: list[str]
    number: float | None
    month: date | None


Response_ = dict[str, Held]


def rows(wave: Wave, columns: Sequence[Variable]) -> Iterator[Row]:
    """One row a response, with the numbers of the code book."""
    ids = list(db.session.scalars(select(Response.id).filter_by(wave_id=wave.id)))
    SystemRandom().shuffle(ids)
    keys, named = counting.codes(wave)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        held = _held(some, keys, named)
        for one in some:
            yield tuple(_value(column, held[one].get(column.question.key)) for column in columns)


def _held(ids: Sequence[UUID], keys: dict[UUID, str], named: dict[UUID, str]) -> dict[UUID, Response_]:
    facts = (
        Answer.response_id,
        Answer.question_id,
        Answer.state,
        Answer.choice_id,
        Answer.number,
        Answer.month,
    )
    asked = select(*facts).where(Answer.response_id.in_(ids), Answer.question_id.in_(list(keys)))
    found: dict[UUID, Response_] = defaultdict(dict)
    for response, question, state, choice, number, month in db.session.execute(asked.order_by(Answer.place)):
        held = found[response].setdefault(keys[question], Held(state, [], number, month))
        if choice is not None:
            held.codes.append(named[choice])
    return found


def _value(column: Variable, held: Held | None) -> float | None:
    question = column.question
    if held is None:
        return MISSING[Answered.NOT_SHOWN]
    is_said = held.state is Answered.ANSWERED or (question.type is Type.SEVERAL and bool(held.codes))
    if not is_said:
        return missing_code(question, held.state, held.codes[0] if held.codes else "")
    if question.type is Type.NUMBER:
        return held.number
    if question.type is Type.MONTH:
        return held.month.year * 100 + held.month.month if held.month else None
    return _chosen(column, question, held.codes)


def _chosen(column: Variable, question: Question, codes: Sequence[str]) -> int:
    if question.type.takes_one:
        return numbers(question)[codes[0]]
    if question.type is Type.RANKING:
        return codes.index(column.choice) + 1 if column.choice in codes else 0
    return int(column.choice in codes)
