"""A question as its page shows it: words in the reader's language, what was given, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel.dates import get_month_names

from engage.core.clock import now
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.surveys.answering.taking import OTHER, PREFER_NOT, Raw, Taken, most_signs, places, said
from engage.surveys.questionnaire.document import Choice, Document, Question, words
from engage.surveys.questionnaire.kinds import ChoiceKind, Type, Variant

FACES = {3: (1, 3, 5), 5: (1, 2, 3, 4, 5)}
YEARS_BACK = 60


@dataclass(frozen=True)
class Option:
    """One choice; `icon` is its face."""

    code: str
    label: str
    icon: str
    is_chosen: bool
    is_other: bool


@dataclass(frozen=True)
class Screen:
    """One question on its page, or among others.

    `shape` says which control it has; `foreign` the language of its words when it is not that of the page;
    `wording` names its words: key, language, variant.
    """

    question: Question
    shape: str
    text: str
    help: str
    foreign: str
    options: tuple[Option, ...]
    marks: tuple[str, ...]
    other: str
    error: str
    wording: tuple[str, str, str]

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def id(self) -> str:
        return f"q-{self.key}"

    @property
    def prefers_not(self) -> bool:
        return PREFER_NOT in self.marks

    @property
    def asks(self) -> bool:
        return self.question.type is not Type.INFORMATION

    @property
    def places(self) -> int:
        return places(self.question)

    @property
    def most(self) -> int:
        return most_signs(self.question)

    @property
    def told_by(self) -> str:
        """The ids of what explains the control."""
        limit = self.shape == "area"
        told = {"hint": self.help or self.hint, "error": self.error, "unit": self.unit, "limit": limit}
        return " ".join(f"{self.id}-{name}" for name, there in told.items() if there)

    @property
    def hint(self) -> str:
        """How to answer, where the control alone does not say it."""
        if self.shape == "several":
            return _("Several answers are possible.")
        if self.shape == "ranking":
            return _(
                "Choose what comes first, then the next ones if you wish. %(most)d at most.", most=self.places
            )
        lowest, highest = (self.question.settings.get(bound) for bound in ("min", "max"))
        if self.shape == "number" and lowest is not None and highest is not None:
            return _("From %(min)s to %(max)s.", min=lowest, max=highest)
        return ""

    @property
    def unit(self) -> str:
        return str(self.question.settings.get("unit", ""))

    @property
    def month(self) -> str:
        """The month of the list that was chosen: `3` for `03`."""
        return self.at(0).lstrip("0")

    def at(self, place: int) -> str:
        """What stands in the list of this place."""
        given = [mark for mark in self.marks if mark != PREFER_NOT]
        return given[place] if place < len(given) else ""


SHAPES = {
    Type.SEVERAL: "several",
    Type.RANKING: "ranking",
    Type.NUMBER: "number",
    Type.MONTH: "month",
    Type.SHORT_TEXT: "line",
    Type.LONG_TEXT: "area",
    Type.INFORMATION: "information",
}


def screen(document: Document, question: Question, raw: Raw, *, variant: str, error: str = "") -> Screen:
    spoken = language() if language() in document.languages else document.languages[0]
    marks = _marks(question, raw)
    return Screen(
        question=question,
        shape=SHAPES.get(question.type, "one"),
        text=words(question.text, spoken, variant),
        help=words(question.help, spoken, variant),
        foreign="" if spoken == language() else spoken,
        options=tuple(_options(question, marks, spoken, variant)),
        marks=marks,
        other="\n".join(said(raw, question.key + OTHER)),
        error=error,
        wording=(question.key, spoken, variant),
    )


def _marks(question: Question, raw: Raw) -> tuple[str, ...]:
    """As they were given; the places of a ranking and of a month stay where they are."""
    if question.type is Type.MONTH:
        given = tuple(raw.get(question.key, ()))
        return tuple(reversed(given[0].split("-"))) if len(given) == 1 and "-" in given[0] else given
    return tuple(raw.get(question.key, ()))


def _options(question: Question, marks: tuple[str, ...], spoken: str, variant: str) -> list[Option]:
    normal = [one for one in question.choices if one.kind is ChoiceKind.NORMAL]
    faces = FACES.get(len(normal), ()) if question.type is Type.FACES else ()
    icons = {one.code: f"face-{face}" for one, face in zip(normal, faces, strict=False)}
    return [
        Option(
            one.code,
            words(one.text, spoken, variant),
            icons.get(one.code, ""),
            one.code in marks,
            one.kind is ChoiceKind.OTHER,
        )
        for one in question.choices
    ]


def has_short(document: Document) -> bool:
    """Whether there are shorter words for everything in the language of this page."""
    question = next((one for one in document.questions if one.type is not Type.INFORMATION), None)
    return question is not None and Variant.SHORT in question.text.get(language(), {})


@cache
def _months(code: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(number), name) for number, name in get_month_names("wide", locale=code).items())


def months() -> tuple[tuple[str, str], ...]:
    return _months(language())


def years() -> list[str]:
    """This year and those before it: what people are asked about is behind them."""
    return [str(now().year - back) for back in range(YEARS_BACK)]


def in_words(document: Document, question: Question, taken: Taken, variant: str) -> str:
    """What was answered, to be read again."""
    chosen = [question.choice(code) for code in taken.codes]
    spoken = language() if language() in document.languages else document.languages[0]
    named = [words(one.text, spoken, variant) for one in chosen if isinstance(one, Choice)]
    if taken.in_order:
        return " · ".join(f"{place}. {name}" for place, name in enumerate(named, 1))
    if taken.number is not None:
        return f"{taken.number} {question.settings.get('unit', '')}".strip()
    if taken.month is not None:
        return f"{dict(months())[str(taken.month.month)]} {taken.month.year}"
    return ", ".join(named)


def errors(found: Mapping[str, str], document: Document) -> dict[str, str]:
    """In the order of the questions, for the summary on top."""
    return {one.key: found[one.key] for one in document.questions if one.key in found}
