"""A walk at 10:00 stays at 10:00, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from engage.centre.wall_clock import moments
from engage.core.clock import moment_at
from engage.core.errors import Refused

PARIS = "Europe/Paris"
FORWARD = [date(2026, 3, 29), date(2027, 3, 28)]
FIRST, LAST = datetime.combine(date(2025, 1, 1), time()), datetime.combine(date(2030, 1, 1), time())
BACK = [date(2026, 10, 25), date(2027, 10, 31)]


@pytest.fixture
def engine_name() -> str:
    """Clocks do not depend on the database."""
    return "sqlite"


@pytest.mark.parametrize("change", FORWARD + BACK)
def test_a_walk_at_ten_stays_at_ten_across_the_change(change: date) -> None:
    before, after = change - timedelta(days=7), change + timedelta(days=7)
    hours = []
    for day in (before, change, after):
        starts_at, ends_at = moments(day, time(10), 90, PARIS)
        shown = starts_at.astimezone(ZoneInfo(PARIS))
        assert (shown.date(), shown.time()) == (day, time(10))
        assert ends_at - starts_at == timedelta(minutes=90)
        hours.append(starts_at.hour)
    assert hours == ([9, 8, 8] if change in FORWARD else [8, 9, 9])


@pytest.mark.parametrize("night", FORWARD)
@pytest.mark.parametrize("hour", [time(2), time(2, 30), time(2, 59)])
def test_an_hour_that_does_not_exist_is_refused_in_words(app: Flask, night: date, hour: time) -> None:
    with app.test_request_context(), pytest.raises(Refused, match="n’existe pas") as said:
        moments(night, hour, 60, PARIS)
    assert f"{night.day} mars {night.year}" in said.value.message


@pytest.mark.parametrize("night", FORWARD)
def test_the_hours_around_the_missing_one_touch(night: date) -> None:
    assert moments(night, time(1, 59), 1, PARIS)[1] == moments(night, time(3), 1, PARIS)[0]


@pytest.mark.parametrize("night", BACK)
def test_of_the_hour_that_comes_twice_the_first_one_counts(night: date) -> None:
    starts_at, _ends_at = moments(night, time(2, 30), 60, PARIS)
    assert starts_at == datetime(night.year, night.month, night.day, 0, 30, tzinfo=UTC)


def test_a_night_out_lasts_its_minutes() -> None:
    """From 23:00 to 5:00 the clock shows six hours; seven go by in autumn, five in spring."""
    for night, shown in ((date(2026, 3, 28), time(6)), (date(2026, 10, 24), time(4))):
        _starts_at, ends_at = moments(night, time(23), 360, PARIS)
        assert ends_at.astimezone(ZoneInfo(PARIS)).time() == shown


@given(
    st.datetimes(FIRST, LAST),
    st.sampled_from([PARIS, "UTC", "Indian/Reunion", "America/Cayenne", "Pacific/Noumea"]),
)
def test_what_the_wall_shows_comes_back(shown: datetime, zone: str) -> None:
    moment = moment_at(shown.date(), shown.time(), zone)
    if moment is not None:
        assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == shown
    else:
        assert (shown.month, shown.hour) == (3, 2)
        assert zone == PARIS
