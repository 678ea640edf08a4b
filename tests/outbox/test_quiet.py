"""At night nothing rings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.core.clock import local
from engage.outbox.quiet import by_day, is_quiet

PARIS = "Europe/Paris"
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 730 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-06-09T17:59:59Z", "2026-06-09T17:59:59Z"),
        ("2026-06-09T18:00:00Z", "2026-06-09T17:30:00Z"),
        ("2026-06-10T05:59:59Z", "2026-06-09T17:30:00Z"),
        ("2026-06-10T06:00:00Z", "2026-06-10T06:00:00Z"),
        ("2026-03-29T04:00:00Z", "2026-03-28T18:30:00Z"),
        ("2027-03-28T00:30:00Z", "2027-03-27T18:30:00Z"),
        ("2026-10-25T01:30:00Z", "2026-10-24T17:30:00Z"),
        ("2027-10-31T06:30:00Z", "2027-10-30T17:30:00Z"),
    ],
)
def test_what_falls_in_the_night_goes_in_the_evening_before(moment: str, told: str) -> None:
    assert by_day(datetime.fromisoformat(moment), PARIS) == datetime.fromisoformat(told)


@given(MOMENTS)
def test_never_at_night_never_later_never_half_a_day_before(moment: datetime) -> None:
    told = by_day(moment, PARIS)
    assert not is_quiet(told, PARIS)
    assert 8 <= local(told, PARIS).hour < 20
    assert timedelta(0) <= moment - told < timedelta(hours=14)
    assert (told == moment) == (8 <= local(moment, PARIS).hour < 20)
