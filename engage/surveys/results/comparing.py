"""Two waves of one questionnaire side by side, and all of them in a line that is cut where it must be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire.kinds import Change
from engage.surveys.questionnaire.models import Version
from engage.surveys.results.proportions import Interval, Share, Verdict, compare, difference
from engage.surveys.results.reading import is_scale, scores
from engage.surveys.results.showing import Figure, Item, Results


@dataclass(frozen=True)
class Told:
    """A wave and what was released of it."""

    wave: Wave
    results: Results


@dataclass(frozen=True)
class Difference:
    """One item in both waves. `verdict` is None where one of the numbers is not said."""

    now: Item
    before: Item
    verdict: Verdict | None
    interval: Interval | None


@dataclass(frozen=True)
class Point:
    """One wave in a line. `joins`: the line goes on from the wave before; `note`: what changed there."""

    told: Told
    share: Share | None
    joins: bool
    note: str


@dataclass(frozen=True)
class Line:
    """The top of one scale over the waves, the oldest first."""

    item: Item
    points: tuple[Point, ...]


def differences(now: Results, before: Results) -> list[Difference]:
    """Every scale that measures the same with the same choices in both."""
    found = []
    for item in now.items:
        other = same(item, before)
        if other is not None:
            found.append(_difference(item, other))
    return found


def same(item: Item, results: Results) -> Item | None:
    """The item of these results that measures the same, in the same way."""
    for one in results.items:
        if one.concept == item.concept and is_scale(item.question):
            alike = one.question.type is item.question.type and scores(one.question) == scores(item.question)
            return one if alike else None
    return None


def _difference(now: Item, before: Item) -> Difference:
    after, earlier = _share(now.top), _share(before.top)
    if after is None or earlier is None:
        return Difference(now, before, None, None)
    return Difference(now, before, compare(after, earlier), difference(after, earlier))


def _share(figure: Figure | None) -> Share | None:
    return figure.share if figure else None


def steps(later: Version, earlier: Version, every: Sequence[Version]) -> list[Version] | None:
    """The versions after `earlier` up to `later`, the oldest first; None where there is no such way."""
    by_id = {one.id: one for one in every}
    way, at = list[Version](), later
    while at.id != earlier.id:
        way.append(at)
        parent = by_id.get(at.parent_id) if at.parent_id else None
        if parent is None:
            return None
        at = parent
    return way[::-1]


def can_be_compared(later: Version, earlier: Version, every: Sequence[Version]) -> bool:
    """Whether no version between the two says that its figures are not comparable."""
    way = steps(later, earlier, every)
    return way is not None and all(one.change is not Change.BREAKING for one in way)


def notes(later: Version, earlier: Version, every: Sequence[Version]) -> list[str]:
    """What changed on the way, where it is worth a footnote."""
    way = steps(later, earlier, every) or []
    return [one.change_note for one in way if one.change is Change.COMPARABLE and one.change_note]


def lines(told: Sequence[Told], every: Sequence[Version]) -> list[Line]:
    """Every scale of the last wave through all waves, the oldest first."""
    return [
        Line(item, tuple(_points(item, told, every)))
        for item in told[-1].results.items
        if is_scale(item.question)
    ]


def _points(item: Item, told: Sequence[Told], every: Sequence[Version]) -> Iterator[Point]:
    last: Told | None = None
    for one in told:
        found = same(item, one.results)
        joins = last is not None and can_be_compared(one.wave.version, last.wave.version, every)
        said = notes(one.wave.version, last.wave.version, every) if last else []
        yield Point(one, _share(found.top) if found else None, joins, " ".join(said) if joins else "")
        last = one
