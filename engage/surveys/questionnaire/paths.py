"""Every way through a questionnaire: what is shown to whom, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations
from math import ceil, floor

from engage.surveys.questionnaire.conditions import (
    Above,
    Answers,
    Below,
    Is,
    Term,
    Value,
    asked,
    holds,
    terms,
)
from engage.surveys.questionnaire.document import Document, Question, words
from engage.surveys.questionnaire.kinds import ChoiceKind, Type

MOST_PATHS = 1000
WORDS_A_SECOND = 195 / 60
SECONDS_A_QUESTION, SECONDS_A_DECISION, SECONDS_A_TEXT = 5.0, 2.0, 15.0
DECISIONS = {Type.SEVERAL: 0.5, Type.RANKING: 1.0}
"""How many decisions each choice is; other types are one decision in all."""


class TooManyPaths(Exception):
    """More than `MOST_PATHS` ways: nobody could read them, so nobody could check them."""


@dataclass(frozen=True)
class Path:
    """The keys of the questions shown, and answers that lead this way."""

    shown: tuple[str, ...]
    answers: Answers
    seconds: float


def visible(document: Document, answers: Answers) -> list[str]:
    """The keys of the questions that a person with these answers is shown, in order.

    An answer to a question that is no longer shown (one went back and changed another) counts for nothing.
    """
    kept: dict[str, Value] = {}
    shown = []
    for question in document.questions:
        if holds(question.show_if, kept):
            shown.append(question.key)
            if question.key in answers:
                kept[question.key] = answers[question.key]
    return shown


def seconds(question: Question, language: str) -> float:
    """How long an adult takes for one question.

    Reading: 195 words a minute, the mean for French read aloud in Trauzettel-Klosinski and Dietz,
    “Standardized assessment of reading performance: the New International Reading Speed Texts IReST”,
    Investigative Ophthalmology & Visual Science 53 (2012), 5452-5461: slower than silent reading, on purpose.
    Answering: 5 s for each question, 2 s for each decision beyond the first (half a decision for each box
    that may be ticked), 15 s more where one writes: Puleston’s formula for online surveys,
    W/5 + 5Q + 2(D-Q) + 15T seconds, whose 5 words a second we replace. Information is only read.
    """
    said = [words(question.text, language), words(question.help, language)]
    said += [words(choice.text, language) for choice in question.choices]
    reading = sum(len(text.split()) for text in said) / WORDS_A_SECOND
    if question.type is Type.INFORMATION:
        return reading
    decisions = max(1.0, DECISIONS.get(question.type, 0) * len(question.choices))
    writing = SECONDS_A_TEXT if question.type.is_text else 0
    return reading + SECONDS_A_QUESTION + SECONDS_A_DECISION * (decisions - 1) + writing


@dataclass(frozen=True)
class _Way:
    """One way so far: what was shown, the answers that lead it, and those that later conditions look at."""

    shown: tuple[str, ...] = ()
    answers: tuple[tuple[str, Value], ...] = ()
    open: tuple[tuple[str, Value], ...] = ()

    def past(self, needed: set[str]) -> _Way:
        return replace(self, open=tuple(pair for pair in self.open if pair[0] in needed))


def paths(document: Document) -> list[Path]:
    """Every distinct list of questions that can be shown, each once. Raises TooManyPaths."""
    language = document.languages[0] if document.languages else ""
    costs = {question.key: seconds(question, language) for question in document.questions}
    found: dict[tuple[str, ...], _Way] = {}
    for way in _walk(document.questions):
        found.setdefault(way.shown, way)
    return [Path(shown, dict(way.answers), sum(costs[key] for key in shown)) for shown, way in found.items()]


def listed(document: Document) -> list[Path] | None:
    """The ways, the shortest first; None when there are too many to read."""
    try:
        return sorted(paths(document), key=lambda path: path.seconds)
    except TooManyPaths:
        return None


def _walk(questions: tuple[Question, ...]) -> Iterable[_Way]:
    looked_at = [set(asked(question.show_if)) for question in questions]
    ways: dict[tuple[object, ...], _Way] = {(): _Way()}
    for place, question in enumerate(questions):
        later = set().union(*looked_at[place + 1 :])
        about = [
            term for other in questions for term in terms(other.show_if) if term.question == question.key
        ]
        next_ways: dict[tuple[object, ...], _Way] = {}
        for way in ways.values():
            for following in _onward(way, question, about):
                kept = following.past(later)
                next_ways.setdefault((kept.shown, kept.open), kept)
        if len(next_ways) > MOST_PATHS:
            raise TooManyPaths
        ways = next_ways
    return ways.values()


def _onward(way: _Way, question: Question, about: list[Term]) -> Iterator[_Way]:
    if not holds(question.show_if, dict(way.open)):
        yield way
        return
    shown = (*way.shown, question.key)
    for value in samples(question, about):
        pair = () if value is None else ((question.key, value),)
        yield _Way(shown, way.answers + pair, way.open + pair)


def samples(question: Question, about: list[Term]) -> list[Value | None]:
    """Answers that differ in what these conditions say of them; None: no answer."""
    if question.type is Type.INFORMATION:
        return [None]
    if not about:
        return [_any_answer(question)]
    return [*_deciding(question, about), *([None] if question.can_be_skipped else [])]


def _any_answer(question: Question) -> Value:
    codes = [choice.code for choice in question.choices]
    if question.type is Type.RANKING:
        return tuple(codes[: int(question.settings.get("most", 5))])
    if codes:
        return frozenset(codes[:1])
    if question.type is Type.NUMBER:
        return question.settings.get("min", 0)  # type: ignore[no-any-return]
    return "2026-01" if question.type is Type.MONTH else "…"


def _deciding(question: Question, about: list[Term]) -> list[Value]:
    if question.type is Type.NUMBER:
        return [*_numbers(question, about)]
    if not question.type.has_choices or question.type is Type.RANKING:
        return [_any_answer(question)]
    alone = _unlike_codes(question, about)
    if question.type is not Type.SEVERAL:
        return [frozenset({code}) for code in alone]
    together = [code for code in alone if _kind(question, code) is not ChoiceKind.NONE_OF_THESE]
    if 2 ** len(together) > MOST_PATHS:
        raise TooManyPaths
    sets = chain.from_iterable(combinations(together, size) for size in range(1, len(together) + 1))
    none = [frozenset({code}) for code in alone if code not in together]
    return [*map(frozenset, sets), *none]


def _kind(question: Question, code: str) -> ChoiceKind | None:
    choice = question.choice(code)
    return choice.kind if choice else None


def _unlike_codes(question: Question, about: list[Term]) -> list[str]:
    """One code for each way in which the conditions tell codes apart."""
    lists = [set(term.codes) for term in about if isinstance(term, Is)]
    unlike: dict[tuple[object, ...], str] = {}
    for choice in question.choices:
        mark = (choice.kind is ChoiceKind.NONE_OF_THESE, *(choice.code in codes for codes in lists))
        unlike.setdefault(mark, choice.code)
    return list(unlike.values())


def _numbers(question: Question, about: list[Term]) -> list[float]:
    """Numbers on each side of every threshold, within the bounds."""
    limits = [term.number for term in about if isinstance(term, Above | Below)]
    lowest, highest = question.settings.get("min"), question.settings.get("max")
    near = {number for limit in limits for number in (ceil(limit) - 1, floor(limit), floor(limit) + 1)}
    near |= {bound for bound in (lowest, highest) if bound is not None} or ({0} if not near else set())
    return sorted(
        number
        for number in near
        if (lowest is None or number >= lowest) and (highest is None or number <= highest)
    )
