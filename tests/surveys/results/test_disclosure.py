"""Hundreds of random tables and chains of releases, each attacked by whoever reads them all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engage.surveys.results.disclosure.control import may_release, protect
from engage.surveys.results.disclosure.tables import ALL, Mark, Release, Released, Table
from tests.surveys.results.attacker import Chain, Reader, Terms

DEEP = bool(os.environ.get("ENGAGE_TEST_DEEP"))
Counts = tuple[int, ...]
PEOPLE = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 11, 17, 30])


def hundreds(few: int) -> settings:
    return settings(
        max_examples=few * (8 if DEEP else 1), deadline=None, derandomize=not DEEP,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


class Wave(NamedTuple):
    """The new answers of each release, in the order of the attacker's unknowns."""

    rows: int
    sides: tuple[int, ...]
    new: list[Counts]

    def table(self, release: int, side: int | None = 0) -> Table:
        """All answers so far, by one segment question; by none: the whole alone."""
        columns = (ALL,) if side is None else tuple(f"c{n}" for n in range(self.sides[side]))
        counts = [[0] * len(columns) for _ in range(self.rows)]
        for new in self.new[: release + 1]:
            for (row, *segments), people in zip(
                product(range(self.rows), *map(range, self.sides)), new, strict=True
            ):
                counts[row][0 if side is None else segments[side]] += people
        return Table(tuple(f"r{n}" for n in range(self.rows)), columns, tuple(map(tuple, counts)))

    def blocks(self) -> Wave:
        """New answers wait for the next release until they are enough to be one."""
        kept: list[Counts] = []
        waiting: Counts = (0,) * len(self.new[0])
        for new in self.new:
            waiting = tuple(map(sum, zip(waiting, new, strict=True)))
            before = sum(map(sum, kept)) if kept else None
            if may_release(sum(waiting) + (before or 0), before, closed=True):
                kept.append(waiting)
                waiting = (0,) * len(new)
        return self._replace(new=kept)


@st.composite
def waves(draw: st.DrawFn, rows: int, sides: Sequence[int], longest: int) -> Wave:
    """Mostly small numbers, some nothing, some large."""
    size = draw(st.integers(2, rows)), tuple(draw(st.integers(1, most)) for most in sides)
    cells = len(list(product(range(size[0]), *map(range, size[1]))))
    counts = st.lists(PEOPLE, min_size=cells, max_size=cells).map(tuple)
    return Wave(*size, draw(st.lists(counts, min_size=1, max_size=longest))).blocks()


def written(rows: int, columns: int, *new: Counts) -> Wave:
    return Wave(rows, (columns,), list(new))


def released(wave: Wave, side: int | None = 0, overall: Sequence[Release] = ()) -> list[Release]:
    """The table of each release and what may be shown of it, knowing those before."""
    made: list[Release] = []
    for release, _ in enumerate(wave.new):
        known = [one.shown for one in overall[: release + 1]]
        table = wave.table(release, side)
        made.append(Release(table, protect(table, made, overall=known)))
    return made


def only_small_hidden(releases: list[Release]) -> list[Release]:
    """What a hurried programmer would do: leave out the numbers of 1 to 4, and nothing else."""
    return [
        Release(table, Released(table.rows, table.columns, tuple(
            tuple(Mark.HIDDEN if 0 < value < 5 else value for value in row) for row in table.grid
        )))
        for table, _ in releases
    ]  # fmt: skip


def unsaid(releases: list[Release], since: int) -> list[Release]:
    """The same, had nothing been shown from this release on but what belongs to the table of the whole."""
    return [
        one if number < since else Release(one.table, Released(one.table.rows, one.table.columns, tuple(
            tuple(Mark.HIDDEN for _ in row) for row in one.table.grid
        )))
        for number, one in enumerate(releases)
    ]  # fmt: skip


class Secret(NamedTuple):
    """A number nobody may work out: what it sums, what it is, and where it stands in which releases."""

    terms: Terms
    truth: int
    cell: tuple[int, int]
    until: int
    since: int


def numbers(chain: Chain, releases: list[Release], side: int = 0) -> Iterator[Secret]:
    """Every cell and margin of every release, and every change between two; not how many answered."""
    whole = (chain.rows, chain.sides[side])
    for since, until in combinations(range(-1, len(releases)), 2):
        for cell in product(range(chain.rows + 1), range(chain.sides[side] + 1)):
            row, column = cell
            old = releases[since].table.grid[row][column] if since >= 0 else 0
            truth = releases[until].table.grid[row][column] - old
            if cell != whole:
                yield Secret(chain.terms(cell, until, since, side), truth, cell, until, since)


def secrets(chain: Chain, releases: list[Release], side: int = 0) -> list[Secret]:
    return [one for one in numbers(chain, releases, side) if 0 < one.truth < 5]


def read(wave: Wave, *tables: list[Release]) -> tuple[Chain, Reader]:
    """Somebody who has read all these tables, one for each segment question."""
    chain = Chain(wave.rows, wave.sides, len(wave.new))
    reader = Reader(len(wave.new) * len(wave.new[0]), [people for new in wave.new for people in new])
    for side, releases in enumerate(tables):
        chain.learn(reader, releases, side)
    return chain, reader


def wanted(releases: list[Release], secret: Secret) -> int:
    """Five values are possible; two where “nearly all” was said of a small group, which is meant to tell."""
    shown = releases[secret.until].shown.grid
    return 2 if any(row[secret.cell[1]] is Mark.NEARLY_ALL for row in shown) else 5


@hundreds(250)
@given(waves(rows=3, sides=[3], longest=3))
@example(written(2, 2, (9, 3, 4, 9), (3, 5, 5, 3)))
@example(written(2, 3, (20, 0, 3, 0, 9, 8), (0, 5, 0, 5, 0, 0), (1, 4, 27, 2, 10, 0)))
def test_a_small_number_can_be_one_of_five(wave: Wave) -> None:
    releases = released(wave)
    chain, reader = read(wave, releases)
    for secret in secrets(chain, releases):
        enough = wanted(releases, secret)
        if (found := reader.values(secret.terms, secret.truth, enough)) < enough:
            _, blind = read(wave, unsaid(releases, secret.until))
            assert found >= blind.values(secret.terms, secret.truth, enough), secret


@hundreds(250)
@given(waves(rows=3, sides=[3], longest=2))
def test_nothing_hidden_is_found_by_trying_every_table(wave: Wave) -> None:
    """Not even what was only hidden for the sake of another; but that nobody gave an answer is said."""
    releases = released(wave)
    chain, reader = read(wave, releases)
    last = len(releases) - 1
    for number in numbers(chain, releases):
        table, shown = releases[last]
        row, column = number.cell
        if number.until < last or number.since >= 0 or shown.grid[row][column] is not Mark.HIDDEN:
            continue
        if table.grid[row][-1] and reader.values(number.terms, number.truth, 2) < 2:
            _, blind = read(wave, unsaid(releases, last))
            assert blind.values(number.terms, number.truth, 2) < 2, number


@hundreds(100)
@given(waves(rows=6, sides=[6], longest=3 + DEEP))
def test_large_tables_are_neither_solved_nor_bounded(wave: Wave) -> None:
    releases = released(wave)
    chain, reader = read(wave, releases)
    for secret in secrets(chain, releases):
        enough = wanted(releases, secret)
        low, high = reader.reach(secret.terms)
        if high - low + 1 < enough:
            _, blind = read(wave, unsaid(releases, secret.until))
            low_blind, high_blind = blind.reach(secret.terms)
            assert high - low >= high_blind - low_blind, secret
        elif low < high:
            assert not reader.solves(secret.terms), secret


@hundreds(60)
@given(waves(rows=3, sides=[2, 2], longest=2))
@example(Wave(3, (3, 2), [(0, 0, 0, 0, 1, 3, 0, 5, 8, 1, 11, 5, 8, 3, 6, 2, 11, 1)]))
def test_two_segment_questions_side_by_side_tell_no_more(wave: Wave) -> None:
    """The same question by age and by place: what is hidden of the whole follows not even from both."""
    whole = released(wave, None)
    tables = [released(wave, side, whole) for side in (0, 1)]
    chain, reader = read(wave, *tables)
    for side, releases in enumerate(tables):
        for secret in secrets(chain, releases, side):
            enough = 2 if wanted(whole, secret._replace(cell=(0, 0))) == 2 else wanted(releases, secret)
            if (found := reader.values(secret.terms, secret.truth, enough)) < enough:
                alone = [unsaid_but_whole(one, whole, secret.until) for one in tables]
                _, blind = read(wave, *alone)
                assert found >= blind.values(secret.terms, secret.truth, enough), secret


def unsaid_but_whole(releases: list[Release], whole: list[Release], since: int) -> list[Release]:
    """Nothing shown by segment from this release on; only the table without segments."""
    return [
        one if number < since else Release(one.table, Released(one.table.rows, one.table.columns, tuple(
            (*[Mark.HIDDEN] * len(one.table.columns), row[-1]) for row in known.shown.grid
        )))
        for number, (one, known) in enumerate(zip(releases, whole, strict=True))
    ]  # fmt: skip


def test_the_attacker_wins_against_small_numbers_hidden_alone() -> None:
    """Else it would prove nothing that it loses above."""
    wave = written(3, 3, (50, 30, 12, 15, 29, 11, 12, 3, 10))
    chain, reader = read(wave, only_small_hidden(released(wave)))
    (secret,) = secrets(chain, released(wave))
    assert reader.solves(secret.terms)
    assert reader.reach(secret.terms) == (3, 3)
    assert reader.values(secret.terms, 3, 5) == 1


def test_the_attacker_wins_by_comparing_two_releases() -> None:
    wave = written(2, 2, (50, 30, 15, 29), (7, 2, 6, 8))
    chain, reader = read(wave, only_small_hidden(released(wave)))
    (secret,) = secrets(chain, released(wave))
    assert (secret.truth, secret.since, secret.until) == (2, 0, 1)
    assert reader.solves(secret.terms)
    assert reader.values(secret.terms, 2, 5) == 1


def test_the_attacker_wins_by_bounds_where_equations_do_not_help() -> None:
    """Two hidden numbers in two rows each: not solved, yet none can be as large as five."""
    wave = written(3, 3, (2, 1, 30, 1, 1, 30, 30, 30, 30))
    chain, reader = read(wave, only_small_hidden(released(wave)))
    for secret in secrets(chain, released(wave)):
        assert not reader.solves(secret.terms)
        assert reader.values(secret.terms, secret.truth, 5) < 5


@hundreds(40)
@given(waves(rows=4, sides=[4], longest=2))
def test_what_is_shown_is_true_and_large_enough(wave: Wave) -> None:
    for table, shown in released(wave):
        for row, values in enumerate(shown.grid):
            for column, value in enumerate(values):
                if isinstance(value, int):
                    assert value == table.grid[row][column]
                    assert value == 0 or value >= 5 or (row, column) == (len(table.rows), len(table.columns))
                    assert (
                        row == len(table.rows)
                        or table.grid[-1][column] >= 10
                        or table.grid[row][-1] * table.grid[-1][column] == 0
                    )
