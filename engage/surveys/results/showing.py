"""The results of a wave as plain values: all that pages, sheets and files may know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engage.surveys.questionnaire.document import Question
from engage.surveys.results.disclosure.tables import ALL, Mark, Released, Value
from engage.surveys.results.proportions import Promoters, Share


@dataclass(frozen=True)
class Figure:
    """How many said one thing, of how many. `share` is None where the number is not said.

    `code` names a choice, a class of numbers or of months; `label` is its name for people.
    """

    code: str
    label: str
    value: Value
    share: Share | None = None
    is_away: bool = False
    """“I do not know” and “not concerned” among several choices: told apart from the others."""

    @property
    def is_hidden(self) -> bool:
        return isinstance(self.value, Mark)


@dataclass(frozen=True)
class Silence:
    """How many are not in the base, for one reason. `state` is a value of Answered, or `dont_know`."""

    state: str
    value: Value


@dataclass(frozen=True)
class Item:
    """One question of a release.

    `base` is what the shares are shares of, Mark.HIDDEN under ten. `withheld`: nothing may be said, as the
    number of those who were asked would tell a hidden number of the question that leads here.
    `release`: the number of the release that counted it; an older one when too few new answers came since.
    """

    question: Question
    label: str
    base: Value
    figures: tuple[Figure, ...]
    silent: tuple[Silence, ...]
    tables: dict[str, Released]
    release: int
    withheld: bool = False
    top: Figure | None = None
    """The top two of a scale together; the best alone of two or three."""
    promoters: Promoters | None = None
    middle: str = ""
    """The class in which the person in the middle stands, of numbers and months."""

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def concept(self) -> str:
        return self.question.concept

    @property
    def is_said(self) -> bool:
        """Whether anything may be read of it."""
        return isinstance(self.base, int) and not self.withheld

    @property
    def is_whole(self) -> bool:
        return self.is_said and all(table.is_whole for table in self.tables.values())


@dataclass(frozen=True)
class Score:
    """The score of an instrument, from 0 to 100, in whole points."""

    name: str
    value: int
    low: int
    high: int
    base: int


@dataclass(frozen=True)
class Results:
    """The last release of a wave. `population`: everybody that was asked, if it was a census."""

    number: int
    at: datetime
    responses: int
    population: int | None
    items: tuple[Item, ...]
    score: Score | None = None
    by_key: dict[str, Item] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {item.key: item for item in self.items})

    def item(self, key: str) -> Item | None:
        return self.by_key.get(key)


@dataclass(frozen=True)
class Segment:
    """One column of a crossing: those who answered the segment question so. `base` is hidden when small."""

    code: str
    label: str
    base: Value
    figures: tuple[Figure, ...]
    top: Figure | None = None


@dataclass(frozen=True)
class Crossed:
    """One question by the answers to another. The last segment holds those who named none."""

    item: Item
    by: Item
    segments: tuple[Segment, ...]


def hidden(codes: tuple[str, ...], columns: tuple[str, ...] = (ALL,)) -> Released:
    """A table of which nothing is said."""
    line = (Mark.HIDDEN,) * len(columns) + (Mark.HIDDEN,)
    return Released(codes, columns, (line,) * (len(codes) + 1))
