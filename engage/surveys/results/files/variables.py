"""The columns of answers one by one: their names, what each number in them means, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.sheets import Cell
from engage.surveys.answering.kinds import Answered
from engage.surveys.questionnaire.document import Choice, Document, Question, words
from engage.surveys.questionnaire.kinds import ChoiceKind, Type
from engage.surveys.results import saying
from engage.surveys.results.counting import DONT_KNOW
from engage.surveys.results.tabulating import rows as answers

MISSING = {
    Answered.SKIPPED.value: -9991,
    Answered.NOT_SHOWN.value: -9992,
    Answered.NOT_APPLICABLE.value: -9993,
    DONT_KNOW: -9994,
    Answered.ILLEGIBLE.value: -9995,
}
"""What stands for no answer: far from any number that people give."""


@dataclass(frozen=True)
class Variable:
    """One column. `choice`: of several choices and of rankings, the one that this column is about."""

    name: str
    question: Question
    label: str
    values: Mapping[int, str] = field(default_factory=dict)
    choice: str = ""


def variables(document: Document) -> list[Variable]:
    """Every question but free words: those are read and masked one by one, on a desk of their own."""
    return [one for question in document.questions for one in _of(question)]


def _of(question: Question) -> Iterator[Variable]:
    label = words(question.text, language())
    if question.type.takes_one:
        yield Variable(question.key, question, label, _coded(question))
    elif question.type in {Type.NUMBER, Type.MONTH}:
        yield Variable(question.key, question, label)
    elif question.type.has_choices:
        for place, choice in enumerate(_columns(question), start=1):
            about = f"{label} — {words(choice.text, language())}"
            yield Variable(f"{question.key}.{place}", question, about, _ticked(question), choice.code)


def _columns(question: Question) -> list[Choice]:
    kept = set(answers(question)) if question.type is Type.RANKING else None
    return [one for one in question.choices if kept is None or one.code in kept]


def _coded(question: Question) -> dict[int, str]:
    named = {choice.code: words(choice.text, language()) for choice in question.choices}
    return {number: named[code] for code, number in numbers(question).items()}


def _ticked(question: Question) -> dict[int, str]:
    if question.type is Type.RANKING:
        return {0: _("no place")}
    return {0: _("not chosen"), 1: _("chosen")}


def numbers(question: Question) -> dict[str, int]:
    """The number of each choice that is an answer, in the order in which they are offered."""
    return {code: number for number, code in enumerate(answers(question), start=1)}


def missing_code(question: Question, state: str, code: str) -> int:
    choice = question.choice(code) if code else None
    if choice is not None and choice.kind is ChoiceKind.DONT_KNOW:
        return MISSING[DONT_KNOW]
    return MISSING[state]


def book_columns() -> list[str]:
    return ["column", "value", "meaning"]


def book(document: Document) -> Iterator[tuple[Cell, ...]]:
    """Each column with its question, then what its numbers mean; last what stands for no answer."""
    for one in variables(document):
        yield one.name, "", one.label
        yield from ((one.name, number, label) for number, label in one.values.items())
        if one.question.type is Type.MONTH:
            yield one.name, "", _("The year and the month, as 202603")
    names = saying.states()
    yield from (("", number, names[state]) for state, number in MISSING.items())
