"""What a reader knows of a table from other tables, and what must be hidden in it whatever else is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engage.surveys.results.disclosure.rooms import Layer
from engage.surveys.results.disclosure.sensitive import at_least, cells, in_close_groups
from engage.surveys.results.disclosure.tables import Cell, Grid, Mark, Release, Released, Rules, Table, Value


class Known(NamedTuple):
    """What other tables have settled: margins that are known, rows and columns of which nothing is shown.

    `open`: cells that are no secret, as nobody's answer is counted there.
    """

    settled: set[Cell]
    shut_rows: set[int]
    shut_columns: set[int]
    open: frozenset[Cell]


def known(
    table: Table, overall: Sequence[Released], bases: Sequence[Value], open_cells: frozenset[Cell]
) -> Known:
    rows, columns = len(table.rows), len(table.columns)
    settled = {(rows, 0)} if columns == 1 else set()
    settled |= {(row, columns) for row in range(rows)} if overall else set()
    settled |= {(rows, column) for column, _ in enumerate(bases)}
    shut_rows = {
        row
        for released in overall
        for row, name in enumerate(table.rows)
        if isinstance(released.at(name), Mark)
    }
    shut_columns = {column for column, base in enumerate(bases) if isinstance(base, Mark)}
    return Known(settled, shut_rows, shut_columns, open_cells)


def newest(table: Table, overall: Sequence[Released], bases: Sequence[Value], known: Known) -> Layer:
    """The table with everything hidden that is not known from other tables."""
    grid = table.grid
    hidden = {cell for cell in cells(grid) if cell not in known.settled}
    floors: dict[Cell, int] = {}
    for row, name in enumerate(table.rows if overall else ()):
        value, cell = overall[-1].at(name), (row, len(table.columns))
        if isinstance(value, Mark):
            hidden.add(cell)
        elif value != grid[row][-1]:
            raise ValueError("the segments do not add up to what was released of the whole")
        if value is Mark.NEARLY_ALL:
            floors[cell] = at_least(grid[-1][-1])
    for column, base in enumerate(bases):
        if isinstance(base, Mark):
            hidden.add((len(table.rows), column))
        elif base != grid[-1][column]:
            raise ValueError("the answers do not add up to what was released of the segments")
    return Layer(grid, frozenset(hidden), floors)


def must(grid: Grid, known: Known, rules: Rules) -> set[Cell]:
    """What is hidden whatever else is: small numbers, small or unanimous groups, what is shut elsewhere."""
    inside = [cell for cell in cells(grid) if cell[0] < len(grid) - 1]
    close = {column for _, column in in_close_groups(grid, rules)}
    small = {cell for cell in cells(grid) if 0 < grid[cell[0]][cell[1]] < rules.cell}
    small |= {(row, column) for row, column in inside if column in close}
    shut = {cell for cell in inside if cell[0] in known.shut_rows or cell[1] in known.shut_columns}
    return (small - known.open) | shut


def check(table: Table, released: Sequence[Release], rules: Rules) -> None:
    if any((one.table.rows, one.table.columns) != (table.rows, table.columns) for one in released):
        raise ValueError("releases of one table have the same rows and columns")
    if released and table.grid[-1][-1] - released[-1].table.grid[-1][-1] < rules.block:
        raise ValueError("too few new answers for another release")
