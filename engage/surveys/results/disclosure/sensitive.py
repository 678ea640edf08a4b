"""Which numbers nobody may work out: small ones, those of small groups, and small differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from engage.surveys.results.disclosure.rooms import Quantity
from engage.surveys.results.disclosure.tables import Cell, Grid, Rules


def cells(grid: Grid) -> Iterator[Cell]:
    """Every cell and margin, but the whole: how many answered is known anyway."""
    for row, values in enumerate(grid):
        for column, _ in enumerate(values):
            if (row, column) != (len(grid) - 1, len(values) - 1):
                yield row, column


def at_least(base: int) -> int:
    """What “nearly all” of a group says: 9 out of 10, rounded up."""
    return -(-9 * base // 10)


def unanimous(grid: Grid, rules: Rules) -> Iterator[Cell]:
    """Where a small group all says the same: to know the group is to know the answer of each.

    One that is nearly so counts too, else whoever reads “nearly all” would know that it is all.
    """
    if len(grid) < 3:
        return
    for column, base in enumerate(grid[-1]):
        if 0 < base < rules.group:
            least = at_least(base)
            yield from ((row, column) for row, values in enumerate(grid[:-1]) if values[column] >= least)


def in_close_groups(grid: Grid, rules: Rules) -> Iterator[Cell]:
    """All that is counted of a segment that is too small or unanimous, but for answers nobody gave at all."""
    close = {column for column, base in enumerate(grid[-1]) if 0 < base < rules.base}
    close |= {column for _, column in unanimous(grid, rules)}
    yield from ((row, column) for row, values in enumerate(grid[:-1]) if values[-1] for column in close)


def _too_small(grid: Grid, rules: Rules) -> Iterator[Cell]:
    return ((row, column) for row, column in cells(grid) if 0 < abs(grid[row][column]) < rules.cell)


def _change(after: Grid, before: Grid) -> Grid:
    return [[new - old for new, old in zip(*rows, strict=True)] for rows in zip(after, before, strict=True)]


def sensitive(grids: Sequence[Grid], rules: Rules) -> list[Quantity]:
    """Everything that must stay open in these releases, one after the other."""
    found: list[Quantity] = []
    for until, grid in enumerate(grids):
        small = {*_too_small(grid, rules), *in_close_groups(grid, rules)}
        found += [Quantity(cell, until) for cell in sorted(small)]
    for since, until in combinations(range(len(grids)), 2):
        change = _change(grids[until], grids[since])
        small = {*_too_small(change, rules), *unanimous(change, rules)}
        found += [Quantity(cell, until, since) for cell in sorted(small)]
    return found
