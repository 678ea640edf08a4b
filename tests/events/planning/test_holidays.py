"""The school holidays that the house knows are what a calendar of the ministry can be."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from engage.events.planning.dating import proposing
from engage.events.planning.dating.proposing import ZONES, Breaks

SATURDAY, SUNDAY = 5, 6
TWO_WEEKS = timedelta(days=15)


def breaks(zone: str) -> Breaks:
    return proposing._breaks()[zone]


@pytest.mark.parametrize("zone", ZONES)
def test_each_begins_on_a_saturday_lasts_two_weeks_and_stands_in_its_order(zone: str) -> None:
    for name, first, last in breaks(zone):
        assert first.weekday() == SATURDAY, name
        is_summer = first.month == 7
        assert is_summer or (last.weekday(), last - first) == (SUNDAY, TWO_WEEKS), name
    assert all(one[2] < two[1] for one, two in pairwise(breaks(zone)))


def test_zones_share_christmas_and_summer_and_follow_each_other_by_a_week_in_winter_and_spring() -> None:
    for kinds in zip(*(breaks(zone) for zone in ZONES), strict=True):
        assert len({name for name, _first, _last in kinds}) == 1
        starts = sorted({first for _name, first, _last in kinds})
        assert len(starts) in (1, len(ZONES))
        assert all(two - one == timedelta(weeks=1) for one, two in pairwise(starts))


def test_the_zones_take_winter_and_spring_in_the_same_order() -> None:
    """In 2027: C, then A, then B."""
    for month in (2, 4):
        starts: dict[date, str] = {
            first: zone for zone in ZONES for _name, first, _last in breaks(zone) if first.month == month
        }
        assert [starts[day] for day in sorted(starts)] == ["C", "A", "B"]
