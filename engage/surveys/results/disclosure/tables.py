"""Counts with their margins, and what of them may be read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

ALL = ""
"""The name of a margin: all rows, or all columns."""
Cell = tuple[int, int]
Grid = Sequence[Sequence[int]]


class Mark(StrEnum):
    """What stands in the place of a number that is not said."""

    HIDDEN = "hidden"
    NEARLY_ALL = "nearly all"  # at least 9 out of 10 of a small group, perhaps everybody


Value = int | Mark


class Rules(NamedTuple):
    """`base`: the smallest group of which anything is said. `cell`: the smallest number said, but for 0.

    `block`: how many new answers a later release needs. `group`: below this, a group of which nearly all
    say the same is rounded.
    """

    base: int = 10
    cell: int = 5
    block: int = 5
    group: int = 30

    @property
    def width(self) -> int:
        """How far what a reader can work out must stretch: wider than all the numbers that are too small."""
        return self.cell - 1


RULES = Rules()


def _with_margins(counts: Grid) -> Grid:
    wide = [[*row, sum(row)] for row in counts]
    return (*map(tuple, wide), tuple(map(sum, zip(*wide, strict=True))))


@dataclass(frozen=True)
class Table:
    """How many gave each answer (row) in each segment (column). Without segments: one column named ALL.

    Those who answered but named no segment are a column too: what is hidden of them hides others.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns or [len(row) for row in self.counts] != [len(self.columns)] * len(self.rows):
            raise ValueError("a table has a count for every row and column")
        if any(count < 0 for row in self.counts for count in row):
            raise ValueError("a table counts people")

    @property
    def grid(self) -> Grid:
        """The counts with the margins: the last row and the last column."""
        return _with_margins(self.counts)


def _place(names: tuple[str, ...], name: str) -> int:
    """Where a row or column stands; ALL is the margin, behind the others."""
    return len(names) if name == ALL else names.index(name)


@dataclass(frozen=True)
class Released:
    """What may be read of a table; the last row and the last column are its margins."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    grid: tuple[tuple[Value, ...], ...]

    def at(self, row: str = ALL, column: str = ALL) -> Value:
        """One number; `at(column=segment)` is the base of a segment, `at()` the base of the whole."""
        return self.grid[_place(self.rows, row)][_place(self.columns, column)]

    def together(self, rows: Collection[str], column: str = ALL) -> Value:
        """The sum of some rows (the top two), when it follows from what is shown anyway."""
        inside, base = self._sum(rows, column), self.at(column=column)
        if isinstance(inside, int):
            return inside
        outside = self._sum([row for row in self.rows if row not in rows], column)
        if isinstance(outside, int) and isinstance(base, int):
            return base - outside
        return Mark.HIDDEN

    def _sum(self, rows: Collection[str], column: str) -> Value:
        values = [self.at(row, column) for row in rows]
        known = [value for value in values if isinstance(value, int)]
        return sum(known) if len(known) == len(values) else Mark.HIDDEN

    @property
    def is_whole(self) -> bool:
        """Nothing is hidden: what is computed from every cell, as a mean, may be said."""
        return all(isinstance(value, int) for row in self.grid for value in row)


class Release(NamedTuple):
    """What was counted and what was shown of it, kept so that a later release can be weighed against it."""

    table: Table
    shown: Released
