"""Reminders keep the hour of the wall across both changes of clock, and never fall in the night."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.core.clock import local, moment_at
from engage.events.reminding.models import DeliveryKind
from engage.events.reminding.times import When, when
from engage.outbox.quiet import is_quiet

PARIS = "Europe/Paris"
WEEK, DAY, HOURS, THANKS = DeliveryKind
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
STARTS = st.integers(0, 730 * 24 * 4).map(lambda quarters: BEGIN + timedelta(minutes=15 * quarters))
MINUTES = st.integers(15, 24 * 60)
KINDS = st.sampled_from(list(DeliveryKind))


def of(kind: DeliveryKind, wall: str, minutes: int = 90) -> When:
    """For a date that starts when the clocks of Paris show this."""
    shown = datetime.fromisoformat(wall)
    starts_at = moment_at(shown.date(), shown.time(), PARIS)
    assert starts_at
    return when(kind, starts_at, starts_at + timedelta(minutes=minutes), PARIS)


def shown(moment: datetime) -> str:
    return f"{local(moment, PARIS):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("kind", "wall", "due", "late"),
    [
        (WEEK, "2026-11-26 10:00", "2026-11-19 10:00", "2026-11-23 10:00"),
        (DAY, "2026-11-26 10:00", "2026-11-25 10:00", "2026-11-26 08:00"),
        (HOURS, "2026-11-26 10:00", "2026-11-26 08:00", "2026-11-26 10:00"),
        (THANKS, "2026-11-26 10:00", "2026-11-27 10:00", "2026-12-01 11:30"),
        # In the quiet hours: 19:30 the evening before.
        (WEEK, "2026-11-26 20:00", "2026-11-19 19:30", "2026-11-23 20:00"),
        (DAY, "2026-11-26 20:30", "2026-11-25 19:30", "2026-11-26 18:30"),
        (DAY, "2026-11-26 07:30", "2026-11-24 19:30", "2026-11-26 05:30"),
        (HOURS, "2026-11-26 09:30", "2026-11-25 19:30", "2026-11-26 09:30"),
        (HOURS, "2026-11-26 21:59", "2026-11-26 19:59", "2026-11-26 21:59"),
        (HOURS, "2026-11-26 22:00", "2026-11-26 19:30", "2026-11-26 22:00"),
        # Both nights of 2026 and 2027 on which clocks change in Paris.
        (WEEK, "2026-03-31 10:00", "2026-03-24 10:00", "2026-03-28 10:00"),
        (DAY, "2026-03-29 10:00", "2026-03-28 10:00", "2026-03-29 08:00"),
        (HOURS, "2026-03-29 09:30", "2026-03-28 19:30", "2026-03-29 09:30"),
        (THANKS, "2026-03-28 18:00", "2026-03-29 10:00", "2026-04-02 20:30"),
        (WEEK, "2026-10-27 10:00", "2026-10-20 10:00", "2026-10-24 10:00"),
        (DAY, "2026-10-25 10:00", "2026-10-24 10:00", "2026-10-25 08:00"),
        (THANKS, "2026-10-24 18:00", "2026-10-25 10:00", "2026-10-29 18:30"),
        (DAY, "2027-03-28 10:00", "2027-03-27 10:00", "2027-03-28 08:00"),
        (WEEK, "2027-03-30 20:30", "2027-03-23 19:30", "2027-03-27 20:30"),
        (THANKS, "2027-03-27 18:00", "2027-03-28 10:00", "2027-04-01 20:30"),
        (DAY, "2027-10-31 10:00", "2027-10-30 10:00", "2027-10-31 08:00"),
        (HOURS, "2027-10-31 08:30", "2027-10-30 19:30", "2027-10-31 08:30"),
        # A film that ends after midnight is thanked for in the morning; a night watch when it is over.
        (THANKS, "2026-11-26 20:30", "2026-11-27 10:00", "2026-12-01 22:00"),
    ],
)
def test_the_clock_of_the_wall_says_when(kind: DeliveryKind, wall: str, due: str, late: str) -> None:
    found = of(kind, wall)
    assert (shown(found.due), shown(found.late)) == (due, late)


def test_a_date_of_a_whole_day_is_thanked_for_after_its_end() -> None:
    assert shown(of(THANKS, "2026-11-26 14:00", 24 * 60).due) == "2026-11-28 10:00"


@given(KINDS, STARTS, MINUTES)
def test_none_is_due_at_night_nor_when_it_serves_no_more(
    kind: DeliveryKind, starts_at: datetime, minutes: int
) -> None:
    ends_at = starts_at + timedelta(minutes=minutes)
    found = when(kind, starts_at, ends_at, PARIS)
    assert not is_quiet(found.due, PARIS)
    assert found.due < found.late
    assert (found.due >= ends_at) if kind is THANKS else (found.late <= starts_at)


@given(STARTS)
def test_they_come_in_their_order(starts_at: datetime) -> None:
    ends_at = starts_at + timedelta(hours=2)
    dues = [when(kind, starts_at, ends_at, PARIS).due for kind in DeliveryKind]
    assert dues == sorted(dues)
    assert dues[0] < dues[1] < dues[3]


@given(STARTS, st.sampled_from([(WEEK, 7), (DAY, 1)]))
def test_by_day_the_hour_is_that_of_the_date(starts_at: datetime, kind: tuple[DeliveryKind, int]) -> None:
    wall = local(starts_at, PARIS)
    told = local(when(kind[0], starts_at, starts_at + timedelta(hours=1), PARIS).due, PARIS)
    if time(8) <= wall.time() < time(20):
        assert told.time() == wall.time()
        assert wall.date() - told.date() == timedelta(days=kind[1])
    else:
        assert told.time() == time(19, 30)
        assert wall.date() - told.date() == timedelta(days=kind[1] + (wall.time() < time(8)))
