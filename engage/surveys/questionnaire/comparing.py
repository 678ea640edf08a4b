"""Two versions side by side: what changed, and what that does to figures over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from engage.surveys.questionnaire.document import Document, Question
from engage.surveys.questionnaire.kinds import Change


class Sort(StrEnum):
    """A way in which something changed."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    WORDS = "words"
    CONCEPT = "concept"
    TYPE = "type"
    CHOICES = "choices"
    SCORES = "scores"
    CONDITION = "condition"
    SETTINGS = "settings"
    FRAME = "frame"


BREAKING = {Sort.CONCEPT, Sort.TYPE, Sort.CHOICES, Sort.SCORES}


@dataclass(frozen=True)
class Pair:
    """One question in both versions; None where it is not; `sorts` is empty when nothing changed."""

    key: str
    before: Question | None
    after: Question | None
    sorts: frozenset[Sort]


@dataclass(frozen=True)
class Comparison:
    """Every question of both; `frame`: name, aim, titles, languages, licence or instrument changed."""

    pairs: tuple[Pair, ...]
    frame: bool

    @property
    def changed(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.sorts)


def compare(before: Document, after: Document) -> Comparison:
    """What changed, in the order of the newer one, then what it no longer has."""
    old = {question.key: question for question in before.questions}
    new = {question.key: question for question in after.questions}
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    pairs = [
        Pair(
            key,
            old.get(key),
            new.get(key),
            _sorts(old.get(key), new.get(key)) | _if(key in moved, Sort.MOVED),
        )
        for key in [*new, *(key for key in old if key not in new)]
    ]
    return Comparison(tuple(pairs), _frame(before) != _frame(after))


def _if(true: bool, sort: Sort) -> frozenset[Sort]:
    return frozenset({sort}) if true else frozenset()


def _frame(document: Document) -> tuple[object, ...]:
    titles = [(page.key, page.title, len(page.questions)) for page in document.pages]
    return document.name, document.aim, document.languages, document.licence, document.instrument, titles


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Those whose neighbour before them is another one now."""
    was = dict(zip(before, ["", *before], strict=False))
    now = dict(zip(after, ["", *after], strict=False))
    return {key for key in before if was[key] != now[key]}


def _sorts(before: Question | None, after: Question | None) -> frozenset[Sort]:
    if before is None or after is None:
        return frozenset({Sort.ADDED if before is None else Sort.REMOVED})
    facts = {
        Sort.WORDS: _worded(before) != _worded(after),
        Sort.CONCEPT: before.concept != after.concept,
        Sort.TYPE: before.type != after.type,
        Sort.CHOICES: _codes(before) != _codes(after),
        Sort.SCORES: _scores(before) != _scores(after),
        Sort.CONDITION: before.show_if != after.show_if,
        Sort.SETTINGS: _asked(before) != _asked(after),
    }
    return frozenset(sort for sort, is_so in facts.items() if is_so)


def _worded(question: Question) -> tuple[object, ...]:
    return question.text, question.help, {choice.code: choice.text for choice in question.choices}


def _codes(question: Question) -> list[tuple[str, str]]:
    return [(choice.code, choice.kind) for choice in question.choices]


def _scores(question: Question) -> dict[str, float | None]:
    return {choice.code: choice.score for choice in question.choices}


def _asked(question: Question) -> tuple[object, ...]:
    return question.required, question.prefer_not, dict(question.settings)


def least(comparison: Comparison) -> Change:
    """The mildest class that could be true; whoever wrote it may still choose a graver one, or explain."""
    sorts = {sort for pair in comparison.pairs for sort in pair.sorts}
    if sorts & BREAKING:
        return Change.BREAKING
    return Change.COSMETIC if sorts <= {Sort.WORDS} else Change.COMPARABLE
