"""What of a table may leave the database, knowing what has left before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engage.surveys.results.disclosure import knowing
from engage.surveys.results.disclosure.knowing import Known
from engage.surveys.results.disclosure.rooms import Block, Layer, Quantity, Room, block, room
from engage.surveys.results.disclosure.sensitive import at_least, cells, sensitive, unanimous
from engage.surveys.results.disclosure.tables import (
    RULES,
    Cell,
    Grid,
    Mark,
    Release,
    Released,
    Rules,
    Table,
    Value,
)


def may_release(answers: int, released: int | None, *, closed: bool, rules: Rules = RULES) -> bool:
    """No figure before closing; afterwards at once, and again only when a block of new answers has come.

    `released`: how many answers the last release counted, None before the first.
    """
    return closed and (released is None or answers - released >= rules.block)


def _layer(release: Release) -> Layer:
    """A release as its readers know it; how many answered is known even where nothing was shown."""
    grid, shown = release.table.grid, release.shown.grid
    hidden = frozenset(cell for cell in cells(grid) if isinstance(shown[cell[0]][cell[1]], Mark))
    floors = {
        (row, column): at_least(grid[-1][column])
        for row, column in hidden
        if shown[row][column] is Mark.NEARLY_ALL
    }
    return Layer(grid, hidden, floors)


@dataclass
class _Control:
    """The newest release on its way: everything is hidden, then shown cell by cell as long as it is safe."""

    layers: list[Layer]
    rules: Rules
    hidden: set[Cell]
    must: set[Cell]
    known: Known
    prices: dict[Cell, float] = field(init=False)
    blocks: list[Block] = field(init=False)
    needs: dict[Quantity, int] = field(default_factory=dict)
    rooms: dict[Quantity, Room] = field(default_factory=dict)

    def __post_init__(self) -> None:
        grid = self.layers[-1].counts
        self.prices = {cell: 0.01 if cell in self.must else _price(grid, cell) for cell in cells(grid)}
        self.look(self.layers)
        for quantity in sensitive([layer.counts for layer in self.layers], self.rules):
            if quantity.cell not in self.known.open:
                self.rooms[quantity] = self.room(quantity, self.rules.width)
                self.needs[quantity] = self.rooms[quantity].width

    def look(self, layers: list[Layer]) -> None:
        """See the releases as they stand."""
        last = len(layers)
        self.blocks = [block(layers, first, end) for first in range(last) for end in range(first, last)]

    def room(self, quantity: Quantity, want: int) -> Room:
        return room(quantity, self.blocks, want, self.prices)

    def show(self, cell: Cell) -> None:
        """Show one cell, unless a secret that needs it hidden finds no other way to stay one."""
        newest = [inside for inside in self.blocks if inside.last == len(self.layers) - 1]
        taken = [
            (inside, inside.up.pop(cell), inside.down.pop(cell)) for inside in newest if cell in inside.up
        ]
        found: dict[Quantity, Room] = {}
        for quantity in [one for one, held in self.rooms.items() if cell in held.cells]:
            found[quantity] = self.room(quantity, self.needs[quantity])
            if found[quantity].width < self.needs[quantity]:
                for inside, up, down in taken:
                    inside.up[cell], inside.down[cell] = up, down
                return
        self.rooms |= found
        self.hidden.discard(cell)

    def may_say(self, floors: dict[Cell, int]) -> bool:
        """Whether every secret stays one when these hidden cells are said to be at least so much."""
        *before, newest = self.layers
        self.look([*before, Layer(newest.counts, frozenset(self.hidden), floors)])
        return all(
            self.room(one, need).width >= min(need, self._said(one, floors))
            for one, need in self.needs.items()
        )

    def _said(self, quantity: Quantity, floors: dict[Cell, int]) -> int:
        """“Nearly all” is meant to tell that much of its group: as far as what was said, and no closer."""
        if quantity.until != len(self.layers) - 1:
            return self.rules.width
        base = self.layers[-1].counts[-1][quantity.cell[1]]
        left = [base - floor for cell, floor in floors.items() if cell[1] == quantity.cell[1]]
        return min([self.rules.width, *left])


def _price(grid: Grid, cell: Cell) -> float:
    """What is lost when this is hidden: a base most, then a margin; among cells the larger number."""
    row, column = cell
    share = grid[row][column] / (grid[-1][-1] or 1)
    if row == len(grid) - 1:
        return 100 + share
    return 10 + share if column == len(grid[0]) - 1 else 1 + share


def _nearly_all(control: _Control) -> dict[Cell, int]:
    """The unanimous answers of small groups whose base is shown, and what “nearly all” says of each."""
    grid, rules, known = control.layers[-1].counts, control.rules, control.known
    return {
        (row, column): at_least(grid[-1][column])
        for row, column in unanimous(grid, rules)
        if grid[-1][column] >= rules.base
        and (len(grid) - 1, column) not in control.hidden
        and (row, column) not in known.settled | known.open
        and row not in known.shut_rows
    }


def _shown(table: Table, hidden: set[Cell], said: dict[Cell, int]) -> Released:
    def value(row: int, column: int, count: int) -> Value:
        if (row, column) in said:
            return Mark.NEARLY_ALL
        return Mark.HIDDEN if (row, column) in hidden else count

    grid = tuple(
        tuple(value(row, column, count) for column, count in enumerate(counts))
        for row, counts in enumerate(table.grid)
    )
    return Released(table.rows, table.columns, grid)


def protect(
    table: Table,
    released: Sequence[Release] = (),
    *,
    overall: Sequence[Released] = (),
    bases: Sequence[Value] = (),
    open_cells: frozenset[Cell] = frozenset(),
    rules: Rules = RULES,
) -> Released:
    """What may be shown of `table` after these earlier releases of it, oldest first.

    `overall`: for a table by segments, what was shown of the same answers without segments in each release,
    this one last. Its numbers are repeated, and a row once hidden in it is hidden in every segment from then
    on: so all segment questions may be shown one beside the other, as each leaves the hidden sums open.

    `bases`: how many of each segment answered, as another table shows it: repeated, and nothing is said of a
    segment whose base is hidden there. `open_cells` are no secret: those who did not answer.

    A small number, a number of a small group, a unanimous small group and a small difference between two
    releases can each still be one of at least `rules.cell` values for whoever knows all that was shown; or
    of as many as were possible when only the number of answers (and what other tables settle) is known.

    What one segment question tells of another is not weighed: two segments are never crossed, and segment
    questions are chosen so that none follows from another.

    Raises ValueError for releases of other rows or columns, or with too few new answers.
    """
    knowing.check(table, released, rules)
    known = knowing.known(table, overall, bases, open_cells)
    grid, newest = table.grid, knowing.newest(table, overall, bases, known)
    if grid[-1][-1] < rules.base:
        return _shown(table, {*cells(grid), (len(grid) - 1, len(grid[0]) - 1)}, {})
    must = knowing.must(grid, known, rules)
    control = _Control([*map(_layer, released), newest], rules, set(newest.hidden), must, known)
    for cell in sorted(newest.hidden - must - known.settled, key=lambda one: (-control.prices[one], one)):
        if cell[0] == len(grid) - 1 or (len(grid) - 1, cell[1]) not in control.hidden:
            control.show(cell)
    said = dict(newest.floors) | _nearly_all(control)
    return _shown(table, control.hidden, said if said and control.may_say(said) else dict(newest.floors))
