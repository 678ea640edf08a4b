"""Numbers and months fall into classes that are settled before anyone answers: no answer shapes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple

from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.surveys.questionnaire.document import Question
from engage.surveys.questionnaire.kinds import Type

MOST_SINGLE, ABOUT = 11, 6
STEPS = (1, 2, 5)
OPEN_EDGES = (0, 1, 3, 6, 11, 21, 51, 101)
"""Where no bounds were set."""
MONTH_EDGES = (0, 3, 6, 12, 24, 60)
"""Months before the month in which the wave closed."""
DETRACTORS, PASSIVES, PROMOTERS = "0-6", "7-8", "9-10"


class Class(NamedTuple):
    """From `low`, included, to below `high`."""

    name: str
    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value < self.high


def is_promoters(question: Question) -> bool:
    """Whether the questionnaire says that this is the question of a net promoter score: off by default."""
    return question.type is Type.NUMBER and question.settings.get("nps") is True


def of_numbers(question: Question) -> tuple[Class, ...]:
    """The classes of a number: its marks where they are few, else about six wide ones between its bounds."""
    if is_promoters(question):
        return Class(DETRACTORS, -inf, 7), Class(PASSIVES, 7, 9), Class(PROMOTERS, 9, inf)
    low, high = _bounds(question.settings)
    if low is None or high is None:
        return _from_edges([-inf, *OPEN_EDGES, inf])
    if high - low < MOST_SINGLE:
        return _from_edges([-inf, *range(low + 1, high + 1), inf], first=low, last=high)
    step = _step((high - low) / ABOUT)
    inside = range((low // step + 1) * step, high, step)
    return _from_edges([-inf, *inside, inf], first=low, last=high)


def _bounds(settings: Mapping[str, Any]) -> tuple[int | None, int | None]:
    low, high = settings.get("min"), settings.get("max")
    return None if low is None else int(low), None if high is None else int(high)


def _step(wished: float) -> int:
    size = 1
    while True:
        for one in STEPS:
            if one * size >= wished:
                return one * size
        size *= 10


def _from_edges(
    edges: list[float], *, first: int | None = None, last: int | None = None
) -> tuple[Class, ...]:
    return tuple(Class(_named(low, high, first, last), low, high) for low, high in pairwise(edges))


def _named(low: float, high: float, first: int | None, last: int | None) -> str:
    begin = first if low == -inf else int(low)
    end = last if high == inf else int(high) - 1
    if begin is None:
        return f"<{int(high)}"
    if end is None:
        return f">={begin}"
    return f"{begin}" if begin == end else f"{begin}-{end}"


def of_months() -> tuple[Class, ...]:
    """How long before the end of the wave."""
    edges = [-inf, *MONTH_EDGES, inf]
    return tuple(
        Class("later" if low == -inf else f"m{int(low)}", low, high) for low, high in pairwise(edges)
    )


def months_before(month: date, closed: date) -> int:
    return (closed.year - month.year) * 12 + closed.month - month.month


def label(question: Question, name: str) -> str:
    """The name of a class in words."""
    if question.type is Type.MONTH:
        return _month_label(name)
    unit = str(question.settings.get("unit", ""))
    if name.startswith("<"):
        said = _("below %(number)s", number=name[1:])
    elif name.startswith(">="):
        said = _("%(number)s and more", number=name[2:])
    else:
        low, _dash, high = name.partition("-") if name[0] != "-" else (name, "", "")
        said = _("%(low)s to %(high)s", low=low, high=high) if high else low
    return f"{said} {unit}".strip()


def _month_label(name: str) -> str:
    if name == "later":
        return _("after the survey")
    start = int(name[1:])
    ends = [edge for edge in MONTH_EDGES if edge > start]
    if not ends:
        return _("5 years ago and more")
    if not start:
        return _("less than 3 months ago")
    if ends[0] <= 12:
        return _("%(low)d to %(high)d months ago", low=start, high=ends[0] - 1)
    return ngettext("between %(num)d and %(high)d year ago", "between %(num)d and %(high)d years ago",
                    start // 12, high=ends[0] // 12)  # fmt: skip
