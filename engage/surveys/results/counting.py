"""What was answered, counted by the database: no response is ever read one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from engage.core.db import db
from engage.surveys.answering.kinds import Answered
from engage.surveys.answering.models import Answer, Response, Wave
from engage.surveys.questionnaire.document import Document, Question
from engage.surveys.questionnaire.kinds import ChoiceKind
from engage.surveys.questionnaire.models import Choice
from engage.surveys.questionnaire.models import Question as Asked

DONT_KNOW = "dont_know"
"""The state of who does not know, told apart from what does not concern them."""
Codes = dict[UUID, str]


@dataclass
class Counted:
    """One question over all responses. `choices` counts people; `placed` those who put a choice there."""

    states: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    choices: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    placed: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    numbers: dict[float, int] = field(default_factory=lambda: defaultdict(int))
    months: dict[date, int] = field(default_factory=lambda: defaultdict(int))


def responses(wave: Wave) -> int:
    return db.session.scalar(select(func.count()).select_from(Response).filter_by(wave_id=wave.id)) or 0


def codes(wave: Wave) -> tuple[Codes, Codes]:
    """The keys of questions and the codes of choices, by id."""
    asked = (
        select(Asked.id, Asked.key, Choice.id, Choice.code)
        .outerjoin(Choice, (Choice.version_id == Asked.version_id) & (Choice.question_id == Asked.id))
        .where(Asked.version_id == wave.version_id)
    )
    rows = db.session.execute(asked).all()
    return {one[0]: one[1] for one in rows}, {one[2]: one[3] for one in rows if one[2] is not None}


def choices(wave: Wave) -> dict[UUID, list[UUID]]:
    """The choices of each question, by id."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    asked = select(Choice.question_id, Choice.id).where(Choice.version_id == wave.version_id)
    for question, choice in db.session.execute(asked):
        found[question].append(choice)
    return found


def _of(wave: Wave) -> Any:
    """The responses of this wave, to look answers up in: twice as fast as a join."""
    return select(Response.id).where(Response.wave_id == wave.id)


def questions(wave: Wave, document: Document) -> dict[str, Counted]:
    """Every question, by key, in one reading of the answers."""
    facts = Answer.question_id, Answer.place, Answer.state, Answer.choice_id, Answer.number, Answer.month
    asked = (
        select(*facts, func.count())
        .where(Answer.version_id == wave.version_id, Answer.response_id.in_(_of(wave)))
        .group_by(*facts)
    )
    keys, named = codes(wave)
    kinds = {one.key: {choice.code: choice.kind for choice in one.choices} for one in document.questions}
    found = {one.key: Counted() for one in document.questions}
    for question_id, *row in db.session.execute(asked):
        key = keys[question_id]
        _count(found[key], kinds[key], named, row)
    return found


def _count(one: Counted, kinds: dict[str, ChoiceKind], named: Codes, row: Sequence[Any]) -> None:
    place, state, choice_id, number, month, people = row
    code = _code(named, choice_id)
    if place == 0:
        unsure = state is Answered.NOT_APPLICABLE and kinds.get(code) is ChoiceKind.DONT_KNOW
        one.states[DONT_KNOW if unsure else state.value] += people
    if code:
        one.choices[code] += people
        one.placed[code, place] += people
    if number is not None:
        one.numbers[number] += people
    if month is not None:
        one.months[month] += people


def _code(named: Codes, choice_id: UUID | None) -> str:
    return named[choice_id] if choice_id else ""


class Met(NamedTuple):
    """People of one state and choice of the question, and one choice of the segment question (empty: none).

    Only with `place` 0 is everybody counted once: several choices are several places.
    """

    place: int
    state: Answered
    choice: str
    segment: str
    people: int


def crossed(wave: Wave, question: Question, segment: Question) -> list[Met]:
    """Both questions together, in one reading."""
    keys, named = codes(wave)
    by_key = {key: question_id for question_id, key in keys.items()}
    asked, by = aliased(Answer), aliased(Answer)
    same = (by.response_id == asked.response_id) & (by.question_id == by_key[segment.key]) & (by.place == 0)
    facts = asked.place, asked.state, asked.choice_id, by.choice_id
    rows = (
        select(*facts, func.count())
        .join(by, same)
        .where(asked.question_id == by_key[question.key], asked.response_id.in_(_of(wave)))
        .group_by(*facts)
    )
    return [
        Met(place, state, _code(named, choice), _code(named, side), people)
        for place, state, choice, side, people in db.session.execute(rows)
    ]
