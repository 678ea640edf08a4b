"""Whether the number of those who were asked a question would tell a hidden number of another question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from engage.surveys.questionnaire.conditions import Above, Answered, Below, Is, terms
from engage.surveys.questionnaire.document import Document, Question
from engage.surveys.questionnaire.kinds import ChoiceKind, Type
from engage.surveys.results.counting import DONT_KNOW
from engage.surveys.results.disclosure.tables import Mark, Released, Rules, Value
from engage.surveys.results.tabulating import CHOSEN, MAIN

Known = Mapping[str, "Said"]


class Said:
    """What is shown of an earlier question: its base, its tables, those who are not in the base."""

    def __init__(self, base: Value, tables: Mapping[str, Released], silent: Released) -> None:
        self.base, self.tables, self.silent = base, tables, silent


class Asked(NamedTuple):
    """How many of all who responded were asked a question."""

    question: Question
    people: int
    responses: int

    def is_near(self, value: int, rules: Rules) -> bool:
        """Whether few people lie between those who were asked, or were not, and these others."""
        return any(0 < abs(self.people - one) < rules.cell for one in (value, self.responses - value))


def tells(asked: Asked, document: Document, known: Known, rules: Rules) -> bool:
    """Whether to say nothing of a question, though enough people answered it.

    Everybody may read under which condition it is asked. So how many were asked is the sum of some answers
    to earlier questions: it is said only when these are said too, and lies no step nearer to any of them.
    """
    condition = asked.question.show_if
    if condition is None or asked.people == asked.responses:
        return False
    if asked.responses - asked.people < rules.cell:
        return True
    for term in terms(condition):
        earlier = document.question(term.question)
        if earlier is None or (said := known.get(term.question)) is None:
            return True
        for value in _numbers(term, earlier, said):
            if not isinstance(value, int) or asked.is_near(value, rules):
                return True
    return False


def _numbers(term: object, question: Question, said: Said) -> Iterator[Value]:
    """What a reader would hold against the number of those who were asked."""
    yield said.base
    match term:
        case Is(codes=codes) if question.type.takes_one:
            away = {one.code: one.kind for one in question.choices if _is_away(one.kind)}
            yield from (said.silent.at(_state(away[code])) for code in codes if code in away)
            yield said.tables[MAIN].together([code for code in codes if code not in away])
        case Is(codes=codes) if question.type is Type.SEVERAL:
            yield from (said.tables[code].at(CHOSEN) for code in codes)
        case Above() | Below():
            column = [row[0] for row in said.tables[MAIN].grid[:-1]]
            numbers = [value for value in column if isinstance(value, int)]
            yield from accumulate(numbers) if len(numbers) == len(column) else [Mark.HIDDEN]
        case Answered():
            return


def _is_away(kind: ChoiceKind) -> bool:
    return kind in {ChoiceKind.DONT_KNOW, ChoiceKind.NOT_APPLICABLE}


def _state(kind: ChoiceKind) -> str:
    return DONT_KNOW if kind is ChoiceKind.DONT_KNOW else kind.value
