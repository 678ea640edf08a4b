"""What the address asks the agenda for: filters, a page of the list, a month."""

from __future__ import annotations

import re
from calendar import Calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from flask import url_for
from werkzeug.datastructures import MultiDict

from engage.events.agenda.lines import Line, Wanted
from engage.events.agenda.queries import last_page
from engage.events.kinds import EventKind
from engage.themes import queries as themes

STEP_FREE, HEARING_LOOP = "sans-marche", "boucle"
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
KEPT = ("theme", "type", "acces")
A_WEEK = 7


def wanted(asked: MultiDict[str, str]) -> Wanted:
    """What nobody knows is left out."""
    theme = themes.by_code(asked.get("theme", ""))
    kind, access = asked.get("type", ""), asked.getlist("acces")
    return Wanted(
        theme_id=theme.id if theme else None,
        kind=EventKind(kind) if kind in set(EventKind) else None,
        step_free=STEP_FREE in access,
        hearing_loop=HEARING_LOOP in access,
    )


def number(asked: MultiDict[str, str]) -> int:
    """Which page of the list: 1 when the address says no number."""
    typed = asked.get("page", "")
    return max(1, int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 1


def month(asked: MultiDict[str, str], today: date) -> date:
    """The first day of the month that is asked for, of this month when none is."""
    found = MONTH.fullmatch(asked.get("mois", ""))
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def address(asked: MultiDict[str, str], **more: Any) -> str:
    """The agenda with the same filters."""
    kept: dict[str, Any] = {name: asked.getlist(name) for name in KEPT if asked.getlist(name)}
    return url_for("events.index", **kept, **more)


class Page:
    """Which page of the list this is, and the address of the others."""

    def __init__(self, asked: MultiDict[str, str], number: int, total: int) -> None:
        self.asked, self.number, self.pages = asked, number, last_page(total)

    def url(self, number: int) -> str:
        return address(self.asked, **({"page": number} if number > 1 else {}))


def by_month(lines: Iterable[Line]) -> list[tuple[date, list[Line]]]:
    """The dates under the first day of their month."""
    return [(first, list(some)) for first, some in groupby(lines, lambda line: line.day.replace(day=1))]


class Day(NamedTuple):
    """A square of the month."""

    day: date
    is_here: bool
    """Whether it belongs to this month, and not to the weeks around it."""
    lines: list[Line]


class Month(NamedTuple):
    """A month as weeks that begin on Monday."""

    first: date
    weeks: list[list[Day]]

    @property
    def busy(self) -> list[Day]:
        """The days of this month on which something takes place."""
        return [day for week in self.weeks for day in week if day.is_here and day.lines]

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return last_day(self.first) + timedelta(days=1)


def last_day(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def drawn(first: date, lines: Sequence[Line]) -> Month:
    on = {day: list(some) for day, some in groupby(lines, lambda line: line.day)}
    days = [Day(day, day.month == first.month, on.get(day, [])) for day in _days(first)]
    return Month(first, [days[at : at + A_WEEK] for at in range(0, len(days), A_WEEK)])


def _days(first: date) -> list[date]:
    return list(Calendar().itermonthdates(first.year, first.month))
