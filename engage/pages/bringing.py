"""A table that is brought in whole or not at all: what each of its lines would change, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO, Any

import click

from engage.core import sheets
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.sheets import N_, Row, SheetError
from engage.core.words import clean

NOTHING = _l("Some lines cannot be read: nothing was brought in. Correct them and try again.")


class Change(StrEnum):
    """What a line brings: something new, what stands here already, or other words for it."""

    NEW = "new"
    SAME = "same"
    OTHER = "other"


STATES = {
    "new": _l("new"),
    "same": _l("already here"),
    "other": _l("here with other words"),
    "bad": _l("to correct"),
}


@dataclass(frozen=True)
class Line:
    """`values` are the parameters of the action that writes it, `held` the row it speaks of."""

    number: int
    title: str
    change: Change
    values: dict[str, Any]
    held: Any = None


@dataclass(frozen=True)
class Plan:
    """The lines that can be read, the faults of the others, the columns that say nothing to us."""

    lines: list[Line]
    faults: list[SheetError]
    passed_over: list[str] = field(default_factory=list)

    def to_write(self, *, replace: bool) -> list[Line]:
        """New lines, and with `replace` those that say it otherwise. Raises Refused when one is bad."""
        if self.faults:
            raise Refused(str(NOTHING))
        wanted = {Change.NEW, Change.OTHER} if replace else {Change.NEW}
        return [line for line in self.lines if line.change in wanted]

    def report(self) -> list[tuple[int, str, str]]:
        """(number, state, words) of every line of the file in its order; the state of a bad one is "bad"."""
        good = [(line.number, line.change.value, line.title) for line in self.lines]
        bad = [(fault.line, "bad", said(fault)) for fault in self.faults]
        return sorted(good + bad)


def said(fault: SheetError) -> str:
    """What is wrong with a line, for people."""
    return _(fault.message, **fault.values)


def read(
    stream: IO[bytes], needed: Iterable[str], columns: Iterable[str], line: Callable[[Row], Line]
) -> Plan:
    """The plan of a CSV file. Raises SheetError when the file as a whole cannot be read."""
    lines: list[Line] = []
    faults: list[SheetError] = []
    passed_over: list[str] = []
    for row in sheets.read_csv(stream, bad=faults.append):
        for name in needed:
            if name not in row.cells:
                raise SheetError(N_("No column is named “%(name)s”."), 1, name=name)
        passed_over = [name for name in row.cells if name not in columns]
        try:
            lines.append(line(row))
        except SheetError as fault:
            faults.append(fault)
    if not (lines or faults):
        raise SheetError(N_("There is no line under the names of the columns."), 1)
    return Plan(lines, faults, passed_over)


def told(plan: Callable[[], Plan]) -> Plan:
    """The plan of a file, each of its lines said to an operator, who hears in French what is wrong.

    Raises ClickException when the file, or a line of it, cannot be read: nothing is written then.
    """
    try:
        found = plan()
    except SheetError as fault:
        raise click.ClickException(
            _("line %(number)s: %(words)s", number=fault.line, words=said(fault))
        ) from fault
    for number, state, words in found.report():
        click.echo(_("line %(number)s: %(words)s", number=number, words=f"{STATES[state]}, {words}"))
    if found.faults:
        raise click.ClickException(str(NOTHING))
    return found


def cell(row: Row, name: str, most: int, *, needed: bool = False) -> str:
    """What stands in a column, on one line. Raises SheetError when it is too long, or missing."""
    words = " ".join(clean(row.cells.get(name, "")).split())
    if needed and not words:
        raise SheetError(N_("“%(name)s” is empty."), row.line, name=name)
    if len(words) > most:
        raise SheetError(
            N_("“%(name)s” is longer than %(limit)s characters."), row.line, name=name, limit=most
        )
    return words
