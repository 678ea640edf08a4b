"""How far somebody is, in numbers that stay true when what follows depends on what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engage.surveys.questionnaire.conditions import All, Answers, Any, Condition, Not, Value, holds
from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.kinds import Type

EITHER = frozenset({True, False})


class Progress(NamedTuple):
    """This is question `number` of `most`, and of exactly as many if nothing that follows is open.

    `is_last`: nothing can follow, whatever is answered here.
    """

    number: int
    most: int
    is_exact: bool
    is_last: bool


def progress(document: Document, values: Mapping[str, Value], here: str) -> Progress:
    """Where `here` stands. What is asked from `here` on is taken for open: it may be answered anew."""
    known: dict[str, Value] = {}
    still_open: set[str] = set()
    number = most = 0
    is_exact = is_last = True
    for question in document.questions:
        possible = _possible(question.show_if, known, still_open)
        if True not in possible:
            continue
        most += question.type is not Type.INFORMATION
        if question.key == here:
            number = most
            still_open.add(here)
        elif still_open:
            still_open.add(question.key)
            is_last = False
            is_exact = is_exact and (False not in possible or question.type is Type.INFORMATION)
        elif question.key in values:
            known[question.key] = values[question.key]
    return Progress(number, most, is_exact, is_last)


def _possible(condition: Condition | None, known: Answers, still_open: set[str]) -> frozenset[bool]:
    """Whether it can be true, false, or either, once the open questions are answered."""
    match condition:
        case None:
            return frozenset({True})
        case All(parts) | Any(parts):
            decides = isinstance(condition, Any)
            found = [_possible(part, known, still_open) for part in parts]
            if any(one == {decides} for one in found):
                return frozenset({decides})
            return frozenset({not decides}) if all(one == {not decides} for one in found) else EITHER
        case Not(part):
            return frozenset(not one for one in _possible(part, known, still_open))
        case term:
            return EITHER if term.question in still_open else frozenset({holds(term, known)})
