"""Where the parts of a picture lie, in hundredths of its width: drawn as SVG without any style of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engage.surveys.results.comparing import Line
from engage.surveys.results.reading import is_scale, scores
from engage.surveys.results.saying import percent
from engage.surveys.results.showing import Figure, Item


class Bar(NamedTuple):
    """A share with its interval, from 0 to 100."""

    figure: Figure
    width: float
    low: float
    high: float


class Part(NamedTuple):
    """One choice in a stacked bar. `tone`: from 1, the worst, to 5, the best; 3 between the two."""

    label: str
    people: int
    start: float
    width: float
    tone: int

    @property
    def middle(self) -> float:
        return self.start + self.width / 2

    @property
    def is_wide(self) -> bool:
        """Whether its number fits inside, on a phone too."""
        return self.width >= 8


@dataclass(frozen=True)
class Stack:
    """One item on the common axis; `parts` is empty where a number is hidden."""

    item: Item
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Family:
    """The scales with the same choices, which share one key: what each tone means."""

    key: tuple[tuple[str, int], ...]
    stacks: tuple[Stack, ...]


def bars(figures: Sequence[Figure]) -> list[Bar]:
    """Of no width where the number is not said: the word for it stands there instead."""
    return [_bar(one) for one in figures]


def _bar(figure: Figure) -> Bar:
    if figure.share is None:
        return Bar(figure, 0, 0, 0)
    low, high = figure.share.interval
    return Bar(figure, 100 * figure.share.value, 100 * low, 100 * high)


def tones(item: Item) -> dict[str, int]:
    """By choice, from the lowest score to the highest: halves on either side of the middle."""
    ranks = sorted(set(scores(item.question).values()))
    ladder = {2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}.get(len(ranks))
    steps = ladder or tuple(1 + round(4 * rank / (len(ranks) - 1)) for rank, _ in enumerate(ranks))
    return {code: steps[ranks.index(score)] for code, score in scores(item.question).items()}


def families(items: Sequence[Item]) -> list[Family]:
    """Every scale that something is said of, those with the same choices together."""
    found: dict[tuple[tuple[str, int], ...], list[Stack]] = {}
    for item in items:
        if item.is_said and is_scale(item.question):
            tone = tones(item)
            key = tuple((one.label, tone[one.code]) for one in item.figures if one.code in tone)
            found.setdefault(key, []).append(stack(item))
    return [
        Family(tuple(sorted(key, key=lambda one: one[1])), tuple(all_of)) for key, all_of in found.items()
    ]


def stack(item: Item) -> Stack:
    """Each choice in its place: what is below the middle to the left of it, what is above to the right."""
    tone = tones(item)
    said = sorted(
        (tone[one.code], one.label, one.value, one.share.value)
        for one in item.figures
        if one.code in tone and one.share is not None and isinstance(one.value, int)
    )
    if len(said) < len(item.figures):
        return Stack(item, ())
    left = sum(share * (1 if tone < 3 else 0.5) for tone, _label, _count, share in said if tone <= 3)
    at, parts = 50 - 50 * left, []
    for level, label, count, share in said:
        parts.append(Part(label, count, at, 50 * share, level))
        at += 50 * share
    return Stack(item, tuple(parts))


LEFT, RIGHT, TOP, BOTTOM = 12, 94, 12, 94


class Dot(NamedTuple):
    """One wave of a line, in hundredths of the picture from its left and its top."""

    x: float
    y: float
    low: float
    high: float
    joins: bool
    said: str


def dots(line: Line) -> list[Dot]:
    """Evenly apart; a wave whose number is hidden has no dot, and no line leads over it."""
    step = (RIGHT - LEFT) / max(1, len(line.points) - 1)
    found, was_said = [], False
    for place, point in enumerate(line.points):
        if point.share is not None:
            low, high = point.share.interval
            x, y = LEFT + place * step, _down(point.share.value)
            said = percent(point.share.value)
            found.append(Dot(x, y, _down(low), _down(high), point.joins and was_said, said))
        was_said = point.share is not None
    return found


def _down(share: float) -> float:
    """Room is left around for the dots and their words."""
    return TOP + (BOTTOM - TOP) * (1 - share)
