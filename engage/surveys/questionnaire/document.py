"""A questionnaire as one plain value: what is imported, edited, checked, compared, shown and answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engage.surveys.questionnaire.conditions import Condition
from engage.surveys.questionnaire.kinds import ChoiceKind, Type, Variant

Texts = Mapping[str, Mapping[str, str]]
"""Words by language, then by variant."""


def words(texts: Texts, language: str, variant: str = Variant.STANDARD) -> str:
    """These words in `language`, else in the first there is; the standard words where no short ones are."""
    found = texts.get(language) or next(iter(texts.values()), {})
    return found.get(variant) or found.get(Variant.STANDARD, "")


@dataclass(frozen=True)
class Choice:
    """`code` is what answers keep the meaning of; `score` is None where the choice counts for no score."""

    code: str
    text: Texts
    score: float | None = None
    kind: ChoiceKind = ChoiceKind.NORMAL


@dataclass(frozen=True)
class Question:
    """`concept` is what it measures: the same concept may be compared between versions and centres."""

    key: str
    concept: str
    type: Type
    text: Texts
    required: bool = False
    prefer_not: bool = False
    show_if: Condition | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    help: Texts = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()

    def choice(self, code: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.code == code), None)

    @property
    def can_be_skipped(self) -> bool:
        """May be left without an answer, or answered by “I would rather not say”."""
        return self.prefer_not or not self.required


@dataclass(frozen=True)
class Page:
    key: str
    title: Texts
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Document:
    """Everything that one version asks, in order."""

    code: str
    name: Mapping[str, str]
    aim: Mapping[str, str]
    languages: tuple[str, ...]
    pages: tuple[Page, ...] = ()
    licence: str = ""
    instrument: Mapping[str, Any] | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """In the order in which they are asked."""
        return tuple(question for page in self.pages for question in page.questions)

    @property
    def asked(self) -> tuple[Question, ...]:
        """Those that want an answer: what only informs is no question to who counts them."""
        return tuple(one for one in self.questions if one.type is not Type.INFORMATION)

    @property
    def has_short_twin(self) -> bool:
        """Whether every text that is asked has short words in some language."""
        return any(Variant.SHORT in held for texts in self.asked_texts() for held in texts.values())

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)

    def asked_texts(self) -> Iterator[Texts]:
        """The words of questions and choices, without page titles and helps."""
        for question in self.questions:
            yield question.text
            yield from (choice.text for choice in question.choices)

    def with_pages(self, pages: tuple[Page, ...]) -> Document:
        return replace(self, pages=pages)
