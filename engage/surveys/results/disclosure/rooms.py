"""How far a hidden number may move without changing anything that is shown.

A table with its margins is a network: a node for each row and each column (the margins are one more of
each), and a cell is the way between its row and its column. Raising one cell and lowering others so that
every sum stays the same is a circle in it, so the exact room of a cell is a greatest flow (J. P. Kelly,
B. L. Golden, A. A. Assad, "Cell suppression: disclosure protection for sensitive tabular data", Networks 22
(1992) 397–417). Each circle found here is another table of whole numbers, none negative, which would have
been shown the same: no reader can rule it out, however clever.

Releases that follow each other are such tables, one above the other, no cell ever shrinking. Neighbouring
releases are moved together by the same circle, as far as the cells are hidden in each of them and the steps
to the release before and after stay at 0 or more. There may be more other tables than these: the room found
for several releases is at most the true one, so the reader never knows more than it says.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from engage.surveys.results.disclosure.tables import Cell, Grid

ENDLESS = 1_000_000_000


class Layer(NamedTuple):
    """One release: what was counted, which cells are hidden, and what is said of some of these at least."""

    counts: Grid
    hidden: frozenset[Cell]
    floors: Mapping[Cell, int]


class Quantity(NamedTuple):
    """What a cell holds in release `until`, or (with `since`) how much it changed from that one to this."""

    cell: Cell
    until: int
    since: int | None = None


class Room(NamedTuple):
    """By how much a quantity may differ, and the cells that must stay hidden for it."""

    width: int
    cells: frozenset[Cell]


@dataclass
class Block:
    """The releases `first` to `last` moved together: how far each cell that is hidden in all may move."""

    first: int
    last: int
    margins: Cell
    up: dict[Cell, int] = field(default_factory=dict)
    down: dict[Cell, int] = field(default_factory=dict)

    def step(self, cell: Cell, *, from_row: bool) -> int:
        """Whether a circle through `cell` adds or takes one: margins count against the cells they sum."""
        is_margin = (cell[0] == self.margins[0]) != (cell[1] == self.margins[1])
        return 1 if from_row != is_margin else -1

    def left(self, cell: Cell, step: int, moved: Counter[Cell]) -> int:
        """How much further `cell` may still go in this direction."""
        return self.up[cell] - moved[cell] if step > 0 else self.down[cell] + moved[cell]

    def ways(self, node: int, moved: Counter[Cell]) -> Iterator[tuple[int, Cell, int]]:
        """From a row to columns or back: the node reached, the cell passed, and its step."""
        rows, columns = self.margins[0] + 1, self.margins[1] + 1
        from_row = node < rows
        for other in range(columns if from_row else rows):
            cell = (node, other) if from_row else (other, node - rows)
            if cell in self.up:
                step = self.step(cell, from_row=from_row)
                if self.left(cell, step, moved) > 0:
                    yield (rows + other if from_row else other), cell, step


def block(layers: Sequence[Layer], first: int, last: int) -> Block:
    """What may move in these releases while all before and after stay as they are."""
    counts = layers[0].counts
    made = Block(first, last, (len(counts) - 1, len(counts[0]) - 1))
    for row, column in frozenset.intersection(*(layer.hidden for layer in layers[first : last + 1])):
        cell = (row, column)
        grid = [layer.counts[row][column] for layer in layers]
        spare = grid[first] - (grid[first - 1] if first else 0)
        kept = [grid[n] - layers[n].floors.get(cell, 0) for n in range(first, last + 1)]
        made.down[cell] = max(0, min(spare, *kept))
        made.up[cell] = max(0, grid[last + 1] - grid[last]) if last + 1 < len(layers) else ENDLESS
    return made


Prices = Mapping[Cell, float]
Way = list[tuple[Cell, int]]


def _cheapest(inside: Block, ends: tuple[int, int], avoid: Cell, moved: Counter[Cell], prices: Prices) -> Way:
    """The way that passes the cells whose hiding costs least; empty when there is none (Dijkstra)."""
    start, goal = ends
    waiting: list[tuple[float, int]] = [(0.0, start)]
    costs, back, done = {start: 0.0}, {}, set()
    while waiting:
        cost, node = heapq.heappop(waiting)
        if node == goal:
            break
        if node in done:
            continue
        done.add(node)
        for other, cell, step in inside.ways(node, moved):
            price = cost + prices[cell]
            if cell != avoid and price < costs.get(other, ENDLESS):
                costs[other], back[other] = price, (node, cell, step)
                heapq.heappush(waiting, (price, other))
    way: Way = []
    while goal in back:
        goal, cell, step = back[goal]
        way.append((cell, step))
    return way


def push(inside: Block, cell: Cell, step: int, want: int, prices: Prices) -> Room:
    """How far `cell` itself may go up or down, at most `want`, and by which cells."""
    moved: Counter[Cell] = Counter()
    if cell not in inside.up:
        return Room(0, frozenset())
    want = min(want, inside.left(cell, step, moved))
    row, column = cell[0], inside.margins[0] + 1 + cell[1]
    ends = (column, row) if inside.step(cell, from_row=True) == step else (row, column)
    gone = 0
    while gone < want and (way := _cheapest(inside, ends, cell, moved, prices)):
        amount = min(want - gone, *(inside.left(passed, turn, moved) for passed, turn in way))
        for passed, turn in way:
            moved[passed] += turn * amount
        gone += amount
    return Room(gone, frozenset({cell, *moved}) if gone else frozenset())


def _moves(quantity: Quantity, inside: Block, step: int) -> int:
    """In which direction the cell must go in these releases for the quantity to go by `step`; 0: no use."""
    holds_until = inside.first <= quantity.until <= inside.last
    holds_since = quantity.since is not None and inside.first <= quantity.since <= inside.last
    return step * (holds_until - holds_since)


def room(quantity: Quantity, blocks: Sequence[Block], want: int, prices: Prices) -> Room:
    """How far a quantity may move, up and down together; stops looking at `want`."""
    width, cells = 0, frozenset[Cell]()
    for step in (1, -1):
        best = Room(0, frozenset())
        for inside in blocks:
            if best.width < want - width and (turn := _moves(quantity, inside, step)):
                found = push(inside, quantity.cell, turn, want - width, prices)
                best = max(best, found, key=lambda one: one.width)
        width, cells = width + best.width, cells | best.cells
    return Room(width, cells)
