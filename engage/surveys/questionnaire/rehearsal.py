"""A rehearsal: invented people walk every way through, and nothing of it is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random
from statistics import median

from engage.surveys.questionnaire.conditions import Value, holds
from engage.surveys.questionnaire.document import Document, Question
from engage.surveys.questionnaire.kinds import ChoiceKind, Type
from engage.surveys.questionnaire.paths import Path, paths, seconds, visible

RESPONDENTS = 200
SKIPS = 0.1


@dataclass(frozen=True)
class Rehearsal:
    """What became of them: how often each question was shown and each choice taken, and how long it took."""

    respondents: int
    paths: tuple[Path, ...]
    walked: int
    shown: dict[str, int]
    chosen: dict[tuple[str, str], int]
    shortest: float
    middle: float
    longest: float

    @property
    def walked_all(self) -> bool:
        return self.walked == len(self.paths)


def rehearse(document: Document, seed: int = 1) -> Rehearsal:
    """`RESPONDENTS` people, more when there are more ways; the same for a seed. Raises TooManyPaths."""
    random = Random(seed)  # noqa: S311  (invented answers are no secret)
    ways = paths(document)
    filled = [dict(way.answers) for way in ways]
    filled += [person(document, random) for _each in range(RESPONDENTS - len(ways))]
    walks = [tuple(visible(document, answers)) for answers in filled]
    costs = {question.key: seconds(question, document.languages[0]) for question in document.questions}
    times = [sum(costs[key] for key in walk) for walk in walks]
    return Rehearsal(
        respondents=len(filled),
        paths=tuple(ways),
        walked=len({way.shown for way in ways} & set(walks)),
        shown=dict(Counter(key for walk in walks for key in walk)),
        chosen=_chosen(filled),
        shortest=min(times),
        middle=median(times),
        longest=max(times),
    )


def _chosen(filled: list[dict[str, Value]]) -> dict[tuple[str, str], int]:
    picked = Counter(
        (key, code)
        for answers in filled
        for key, value in answers.items()
        if isinstance(value, frozenset | tuple)
        for code in value
    )
    return dict(picked)


def person(document: Document, random: Random) -> dict[str, Value]:
    """Answers to what this person is shown, each question when its turn comes."""
    answers: dict[str, Value] = {}
    for question in document.questions:
        is_asked = question.type is not Type.INFORMATION and holds(question.show_if, answers)
        if is_asked and not (question.can_be_skipped and random.random() < SKIPS):
            answers[question.key] = _answer(question, random)
    return answers


def _answer(question: Question, random: Random) -> Value:
    codes = [choice.code for choice in question.choices]
    if question.type.takes_one:
        return frozenset({random.choice(codes)})
    if question.type is Type.SEVERAL:
        return _boxes(question, random)
    if question.type is Type.RANKING:
        return tuple(random.sample(codes, min(len(codes), int(question.settings.get("most", 5)))))
    if question.type is Type.NUMBER:
        lowest = int(question.settings.get("min", 0))
        return random.randint(lowest, int(question.settings.get("max", lowest + 100)))
    return "2026-01" if question.type is Type.MONTH else "…"


def _boxes(question: Question, random: Random) -> Value:
    alone = {choice.code for choice in question.choices if choice.kind is ChoiceKind.NONE_OF_THESE}
    first = random.choice([choice.code for choice in question.choices])
    if first in alone:
        return frozenset({first})
    others = [choice.code for choice in question.choices if choice.code not in alone]
    return frozenset({first, *(code for code in others if random.random() < 0.3)})
