"""Shares of ten, from ten people on."""

from __future__ import annotations

import pytest

from engage.core.tenths import of_ten


@pytest.mark.parametrize(
    ("some", "whole", "said"),
    [
        (2, 5, (2, 5)),
        (0, 5, (0, 5)),
        (9, 9, (9, 9)),
        (4, 10, (4, 10)),
        (8, 20, (4, 10)),
        (0, 40, (0, 10)),
        (40, 40, (10, 10)),
        (1, 40, (1, 40)),
        (39, 40, (39, 40)),
        (0, 0, (0, 0)),
    ],
)
def test_a_share_is_said_of_ten_where_ten_says_no_more_than_we_know(
    some: int, whole: int, said: tuple[int, int]
) -> None:
    assert of_ten(some, whole) == said
