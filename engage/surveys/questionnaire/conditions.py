"""When a question is shown: and, or, not over the answers of earlier questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Codes = frozenset[str]
Value = Codes | tuple[str, ...] | float | str
"""An answer: codes of choices, codes in order, a number, or words (a month is words). None is never kept."""
Answers = Mapping[str, Value]


@dataclass(frozen=True)
class Is:
    """One of these choices was chosen."""

    question: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Above:
    question: str
    number: float


@dataclass(frozen=True)
class Below:
    question: str
    number: float


@dataclass(frozen=True)
class Answered:
    """There is an answer (`yes`), or there is none."""

    question: str
    yes: bool


@dataclass(frozen=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Any:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    part: Condition


Term = Is | Above | Below | Answered
Condition = Term | All | Any | Not


def terms(condition: Condition | None) -> Iterator[Term]:
    """The leaves: each looks at one question."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from terms(part)
        case Not(part):
            yield from terms(part)
        case Is() | Above() | Below() | Answered():
            yield condition


def asked(condition: Condition | None) -> list[str]:
    """The keys of the questions it looks at, each once, in order."""
    return list(dict.fromkeys(term.question for term in terms(condition)))


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Whether it is true of these answers; no condition is always true.

    A question without answer (skipped or not shown) makes `is`, `above` and `below` false.
    """
    match condition:
        case None:
            return True
        case All(parts):
            return all(holds(part, answers) for part in parts)
        case Any(parts):
            return any(holds(part, answers) for part in parts)
        case Not(part):
            return not holds(part, answers)
        case term:
            return _is_true(term, answers.get(term.question))


def _is_true(term: Term, value: Value | None) -> bool:
    match term:
        case Is(_, codes):
            return isinstance(value, frozenset) and not value.isdisjoint(codes)
        case Above(_, number):
            return isinstance(value, int | float) and value > number
        case Below(_, number):
            return isinstance(value, int | float) and value < number
        case Answered(_, yes):
            return (value is not None) == yes
