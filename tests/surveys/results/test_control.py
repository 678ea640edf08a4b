"""The rules of what may leave the database, one by one."""

from __future__ import annotations

import pytest

from engage.surveys.results.disclosure.control import may_release, protect
from engage.surveys.results.disclosure.tables import ALL, Mark, Release, Released, Rules, Table

H, NEARLY = Mark.HIDDEN, Mark.NEARLY_ALL


def one(*counts: int) -> Table:
    return Table(tuple("abcdef"[: len(counts)]), (ALL,), tuple((count,) for count in counts))


def shown(released: Released) -> list[int | Mark]:
    """A table without segments, without its total."""
    return [row[-1] for row in released.grid[:-1]]


def crossed(*counts: tuple[int, ...]) -> Table:
    return Table(tuple("abcdef"[: len(counts)]), tuple("xyz"[: len(counts[0])]), counts)


def test_large_numbers_are_all_shown() -> None:
    released = protect(crossed((50, 30), (15, 29), (12, 13)))
    assert released.is_whole
    assert released.grid == ((50, 30, 80), (15, 29, 44), (12, 13, 25), (77, 72, 149))


def test_nothing_is_said_of_fewer_than_ten() -> None:
    assert {value for row in protect(one(9, 0)).grid for value in row} == {H}
    assert protect(one(5, 5)).is_whole


def test_a_small_number_takes_another_with_it() -> None:
    released = protect(one(60, 40, 12, 3, 0))
    assert shown(released) == [60, 40, H, H, 0]
    assert released.at() == 115


def test_two_small_numbers_hide_each_other_when_there_are_enough_of_them() -> None:
    assert shown(protect(one(60, 40, 3, 2))) == [60, 40, H, H]
    assert shown(protect(one(60, 40, 1, 1))) == [60, H, H, H]


def test_a_segment_under_ten_shows_nothing_but_its_base() -> None:
    released = protect(crossed((30, 25, 9), (20, 35, 0), (20, 35, 0)))
    assert [row[2] for row in released.grid] == [H, H, H, 9]
    assert [row[3] for row in released.grid] == [64, 55, 55, 174]


def test_a_segment_whose_base_is_hidden_shows_nothing() -> None:
    released = protect(crossed((30, 25, 2), (20, 35, 1)))
    bases = released.grid[-1]
    assert bases[2] is H
    for column, base in enumerate(bases):
        if base is H:
            assert {row[column] for row in released.grid} == {H}


def test_people_without_a_segment_hide_a_small_segment() -> None:
    """They are a column of their own, smaller than the segments, and go first."""
    released = protect(crossed((90, 3, 12), (80, 1, 11)))
    assert released.grid == ((90, H, H, 105), (80, H, H, 92), (170, H, H, 197))


@pytest.mark.parametrize("counts", [(20, 0, 0), (19, 1, 0), (18, 2, 0), (10, 0, 0)])
def test_a_small_unanimous_group_is_rounded_whether_it_is_quite_so_or_nearly(counts: tuple[int, ...]) -> None:
    assert shown(protect(one(*counts))) == [NEARLY, H, H]


def test_a_large_unanimous_group_is_not_rounded() -> None:
    assert shown(protect(one(30, 0))) == [30, 0]


def test_no_figure_before_closing_and_then_by_blocks() -> None:
    assert not may_release(200, None, closed=False)
    assert not may_release(200, 100, closed=False)
    assert may_release(200, None, closed=True)
    assert not may_release(204, 200, closed=True)
    assert may_release(205, 200, closed=True)


def test_a_later_release_does_not_tell_what_the_new_answers_are() -> None:
    first = Release(one(60, 40, 20), protect(one(60, 40, 20)))
    assert first.shown.is_whole
    again = protect(one(63, 42, 20), [first])
    assert shown(again) == [H, H, 20]
    assert shown(protect(one(70, 50, 30), [first])) == [70, 50, 30]


def test_new_answers_that_all_agree_are_not_told_either() -> None:
    first = Release(one(60, 40, 20), protect(one(60, 40, 20)))
    assert H in shown(protect(one(68, 40, 20), [first]))


def test_a_number_hidden_once_may_be_shown_when_it_has_grown() -> None:
    first = Release(one(60, 40, 12, 3), protect(one(60, 40, 12, 3)))
    assert shown(first.shown) == [60, 40, H, H]
    assert shown(protect(one(90, 60, 32, 23), [first])) == [90, 60, 32, 23]


def test_too_few_new_answers_are_refused() -> None:
    first = Release(one(60, 40), protect(one(60, 40)))
    with pytest.raises(ValueError, match="too few"):
        protect(one(62, 42), [first])


def test_releases_of_another_question_are_refused() -> None:
    first = Release(one(60, 40), protect(one(60, 40)))
    with pytest.raises(ValueError, match="same rows"):
        protect(one(60, 40, 20), [first])


def test_what_is_hidden_of_the_whole_is_hidden_in_every_segment() -> None:
    whole = protect(one(60, 40, 12, 3))
    table = crossed((40, 20), (15, 25), (7, 5), (0, 3))
    released = protect(table, overall=[whole])
    assert released.grid[2] == released.grid[3] == (H, H, H)
    assert [row[-1] for row in released.grid] == [60, 40, H, H, 115]


def test_segments_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        protect(crossed((40, 19), (15, 25)), overall=[protect(one(60, 40))])


def test_the_rules_may_be_stricter() -> None:
    assert shown(protect(one(60, 40, 9), rules=Rules(cell=10))) == [60, H, H]
    assert protect(one(12, 7), rules=Rules(base=20)).at() is H


def test_the_top_two_are_said_only_when_they_follow_anyway() -> None:
    released = protect(one(60, 40, 12, 3, 0))
    assert released.together(["a", "b"]) == 100
    assert released.together(["c", "d"]) == 15
    assert released.together(["b", "c"]) is H
    assert released.together(["c", "d", "e"]) == 15


def test_a_table_is_whole_numbers_of_people() -> None:
    with pytest.raises(ValueError, match="every row and column"):
        Table(("a", "b"), ("x", "y"), ((1, 2), (3,)))
    with pytest.raises(ValueError, match="counts people"):
        one(3, -1)


def test_bases_settled_elsewhere_are_repeated_and_a_hidden_one_shuts_its_segment() -> None:
    table = crossed((40, 20, 12), (15, 25, 14))
    whole = protect(one(72, 54))
    released = protect(table, overall=[whole], bases=[55, H, H])
    assert released.grid[-1] == (55, H, H, 126)
    assert [row[1:3] for row in released.grid[:2]] == [(H, H), (H, H)]
    with pytest.raises(ValueError, match="of the segments"):
        protect(table, overall=[whole], bases=[54, H, H])


def test_what_is_no_secret_may_be_small() -> None:
    """Two of a segment were asked and gave no answer; how many answered is known, so they are too."""
    table = crossed((55, 2), (46, 3))
    known = protect(one(57, 49))
    assert H in {value for row in protect(table, overall=[known], bases=[101, 5]).grid for value in row}
    is_open = frozenset({(0, 1), (1, 1), (2, 1)})
    assert protect(table, overall=[known], bases=[101, 5], open_cells=is_open).is_whole
