"""Whoever reads every release and works out the rest. Shares nothing with what it attacks but the numbers.

It knows how many answered each release, that people are whole and never fewer than none, and that nobody
leaves from one release to the next. Everything shown is then a sum of unknown numbers of new people:
by release, row and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from engage.surveys.results.disclosure.tables import Mark, Release

Terms = frozenset[int]
Known = tuple[Terms, int, int]
Bounds = list[tuple[int, int]]
MOST = 10**6


class System(NamedTuple):
    """Sums that lie between two numbers, and in which of them each unknown stands."""

    held: list[tuple[tuple[int, ...], int, int]]
    places: list[list[int]]


class Undecided(Exception):
    """The search was given up: it proves nothing."""


@dataclass
class Reader:
    """Unknown numbers, and what is known of sums of them: (which, at least, at most)."""

    unknowns: int
    truth: list[int]
    """Only where the search begins: what is found is checked, and what is not found is not there."""
    known: list[Known] = field(default_factory=list)
    solved: dict[int, dict[int, Fraction]] = field(default_factory=dict)
    bounds: Bounds = field(default_factory=list)
    """As narrow as what is known makes them; nothing more is learnt once they were asked for."""
    budget: int = 4000
    gave_up: bool = False
    """Whether some value was left undecided, the last time that all were tried."""

    def learn(self, terms: Iterable[int], low: int, high: int | None = None) -> None:
        self.known.append((frozenset(terms), low, low if high is None else high))

    # First attack: solve the equations, exactly.

    def solves(self, terms: Terms) -> bool:
        """Whether the sum of `terms` follows from the equations alone, by elimination with fractions."""
        if not self.solved:
            for known, low, high in self.known:
                if low == high and (row := self._reduced(known)):
                    pivot = min(row)
                    self.solved[pivot] = {one: factor / row[pivot] for one, factor in row.items()}
        return not self._reduced(terms)

    def _reduced(self, terms: Terms) -> dict[int, Fraction]:
        """What is left of a sum once everything solved so far is taken away."""
        row = {one: Fraction(1) for one in terms}
        for pivot, other in self.solved.items():
            if factor := row.get(pivot):
                for one, value in other.items():
                    row[one] = row.get(one, Fraction(0)) - factor * value
                    if not row[one]:
                        del row[one]
        return row

    # Second attack: narrow the bounds of every number until nothing moves.

    def system(self, extra: Sequence[Known] = ()) -> System:
        """All that is known, with where each number stands in it."""
        held = [(tuple(terms), low, high) for terms, low, high in (*self.known, *extra)]
        places: list[list[int]] = [[] for _ in range(self.unknowns)]
        for place, (terms, _low, _high) in enumerate(held):
            for one in terms:
                places[one].append(place)
        return System(held, places)

    @staticmethod
    def narrow(bounds: Bounds, system: System, moved: int | None = None) -> Bounds | None:
        """None: these bounds contradict what is known. `moved`: only this number is new since the last time.

        What is known of a number is looked at again whenever its bounds move, until nothing does: the order
        makes no difference to where that ends.
        """
        bounds = list(bounds)
        waiting = dict.fromkeys(range(len(system.held)) if moved is None else system.places[moved])
        while waiting:
            place = next(iter(waiting))
            del waiting[place]
            terms, low, high = system.held[place]
            least = most = widest = 0
            for one in terms:
                bottom, top = bounds[one]
                least, most, widest = least + bottom, most + top, max(widest, top - bottom)
            if least > high or most < low:
                return None
            if widest <= high - least and widest <= most - low:
                continue
            for one in terms:
                bottom, top = bounds[one]
                new = max(bottom, low - most + top), min(top, high - least + bottom)
                if new != (bottom, top):
                    if new[0] > new[1]:
                        return None
                    bounds[one] = new
                    least, most = least + new[0] - bottom, most + new[1] - top
                    waiting |= dict.fromkeys(system.places[one])
        return bounds

    def reach(self, terms: Terms) -> tuple[int, int]:
        """Between which values the sum of `terms` lies, as far as bounds tell."""
        if not self.bounds:
            self.bounds = self.narrow([(0, MOST)] * self.unknowns, self.system()) or []
        bounds = self.bounds
        assert bounds
        low, high = sum(bounds[one][0] for one in terms), sum(bounds[one][1] for one in terms)
        for known, least, most in self.known:
            if known <= terms:
                low = max(low, least + sum(bounds[one][0] for one in terms - known))
                high = min(high, most + sum(bounds[one][1] for one in terms - known))
            if known >= terms:
                high = min(high, most - sum(bounds[one][0] for one in known - terms))
                low = max(low, least - sum(bounds[one][1] for one in known - terms))
        return low, high

    # Third attack: try every table there could be.

    def could_be(self, terms: Terms, value: int) -> bool:
        """Whether some table agrees with everything shown and has this sum. Raises Undecided.

        It looks near the truth first, where another table is found soon if there is one.
        """
        far = abs(value - sum(self.truth[one] for one in terms))
        system = self.system([(terms, value, value)])
        for reach in (far, 2 * far):
            near = [(max(0, one - reach), one + reach) for one in self.truth]
            try:
                if self._search(self.narrow(near, system), system, [self.budget // 8]):
                    return True
            except Undecided:
                continue
        return self._search(self.narrow([(0, MOST)] * self.unknowns, system), system, [self.budget])

    def _search(self, narrowed: Bounds | None, system: System, left: list[int]) -> bool:
        left[0] -= 1
        if left[0] < 0:
            raise Undecided
        if narrowed is None:
            return False
        sizes = [(high - low, one) for one, (low, high) in enumerate(narrowed) if high > low]
        if not sizes:
            return True
        _, one = min(sizes)
        low, high = narrowed[one]
        first = min(max(self.truth[one], low), high)
        for part in ((first, first), (low, first - 1), (first + 1, high)):
            if part[0] <= part[1]:
                narrowed[one] = part
                if self._search(self.narrow(narrowed, system, one), system, left):
                    return True
        return False

    def values(self, terms: Terms, truth: int, enough: int) -> int:
        """How many values near the truth are possible, counted up to `enough`; what is undecided is not."""
        near = sorted(range(max(0, truth - enough), truth + enough + 1), key=lambda value: abs(value - truth))
        found, open_still = 0, list[int]()
        for value in near:
            if found < enough:
                try:
                    found += self.could_be(terms, value)
                except Undecided:
                    open_still.append(value)
        patient = replace(self, budget=20 * self.budget)
        self.gave_up = False
        for value in open_still:
            if found < enough:
                try:
                    found += patient.could_be(terms, value)
                except Undecided:
                    self.gave_up = True
        return found


@dataclass
class Chain:
    """Releases of one question, by each of some segment questions (their numbers of segments in `sides`).

    The unknowns are the new people of each release, by row and by segment of every segment question.
    """

    rows: int
    sides: tuple[int, ...]
    length: int

    def terms(self, cell: tuple[int, int], until: int, since: int = -1, side: int = 0) -> Terms:
        """What a cell or margin grew by, from after release `since` to release `until`."""
        row, column = cell
        return frozenset(
            number
            for number, (release, r, *segments) in enumerate(self._unknowns())
            if since < release <= until
            and row in (r, self.rows)
            and column in (segments[side], self.sides[side])
        )

    def _unknowns(self) -> Iterator[tuple[int, ...]]:
        return product(range(self.length), range(self.rows), *map(range, self.sides))

    def learn(self, reader: Reader, releases: Sequence[Release], side: int = 0) -> None:
        """Read every release of the table by this segment question."""
        whole = (self.rows, self.sides[side])
        for release, (table, shown) in enumerate(releases):
            reader.learn(self.terms(whole, release, side=side), table.grid[-1][-1])
            for row, column in product(range(self.rows + 1), range(self.sides[side] + 1)):
                terms, value = self.terms((row, column), release, side=side), shown.grid[row][column]
                if value is Mark.NEARLY_ALL:
                    base = shown.grid[-1][column]
                    assert isinstance(base, int)
                    reader.learn(terms, -(-base * 9 // 10), base)
                elif isinstance(value, int):
                    reader.learn(terms, value)
