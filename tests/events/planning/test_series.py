"""Dates that come back: the same days as python-dateutil, at the same hour of the wall, never in the past."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.accounts.models import Role
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.kinds import EventState
from engage.events.models import Event
from engage.events.planning.commands import extend_series
from engage.events.planning.dating import actions, making, queries, series
from engage.events.planning.dating.making import Hours
from engage.events.planning.dating.series import Comes
from tests import make
from tests.events.planning.conftest import TEN, dates

PARIS = ZoneInfo("Europe/Paris")
RHYTHMS = [Comes.WEEKLY, Comes.FORTNIGHTLY, Comes.MONTHLY_WEEKDAY, Comes.MONTHLY_DATE]
CHANGES = [
    ("2026-03-02", date(2026, 3, 29)),
    ("2026-09-28", date(2026, 10, 25)),
    ("2027-03-01", date(2027, 3, 28)),
    ("2027-10-04", date(2027, 10, 31)),
]
NOT_TAKEN = [
    ("FREQ=WEEKLY", "dernier jour"),
    ("FREQ=WEEKLY;COUNT=5", "dernier jour"),
    ("FREQ=SECONDLY;UNTIL=20270101", "chaque semaine"),
    ("FREQ=SECONDLY", "dernier jour"),
    ("FREQ=DAILY;UNTIL=20270101", "chaque semaine"),
    ("FREQ=WEEKLY;INTERVAL=0;UNTIL=20270101", "chaque semaine"),
    ("FREQ=WEEKLY;UNTIL=20261399", "avant le premier"),
    ("FREQ=WEEKLY;UNTIL=20261125", "avant le premier"),
    ("FREQ=WEEKLY;UNTIL=20290101", "2 ans au plus"),
    ("DTSTART:19700101\nRRULE:FREQ=WEEKLY;UNTIL=20270101", "chaque semaine"),
]
FIRST_DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def by_dateutil(comes: Comes, first: date, last: date) -> list[date]:
    """The same series, said to the library in its own words."""
    span: dict[str, Any] = {
        "dtstart": datetime.combine(first, time()),
        "until": datetime.combine(last, time()),
    }
    if comes is Comes.WEEKLY:
        found = rrule(WEEKLY, **span)
    elif comes is Comes.FORTNIGHTLY:
        found = rrule(WEEKLY, interval=2, **span)
    elif comes is Comes.MONTHLY_DATE:
        found = rrule(MONTHLY, bymonthday=first.day, **span)
    else:
        found = rrule(MONTHLY, byweekday=weekday(first.weekday(), series.which_week(first)), **span)
    return [moment.date() for moment in found]


class TestTheRule:
    @pytest.fixture
    def engine_name(self) -> str:
        """Rules do not depend on the database."""
        return "sqlite"

    @settings(max_examples=50)
    @given(st.sampled_from(RHYTHMS), FIRST_DAYS, st.integers(0, 731))
    def test_days_are_those_of_dateutil(self, comes: Comes, first: date, length: int) -> None:
        last = first + timedelta(days=length)
        text = series.rule(comes, first, last)
        series.check(text, first)
        found = series.days(text, first)
        assert found == by_dateutil(comes, first, last)
        assert found[0] == first
        assert series.comes(text) is comes
        assert series.last_day(text) == last

    @given(
        st.sampled_from(RHYTHMS), FIRST_DAYS, st.integers(0, 400), st.integers(0, 300), st.integers(0, 300)
    )
    def test_a_window_shows_a_part_of_the_whole(
        self, comes: Comes, first: date, length: int, begin: int, size: int
    ) -> None:
        text = series.rule(comes, first, first + timedelta(days=length))
        since = first + timedelta(days=begin)
        until = since + timedelta(days=size)
        part = series.days(text, first, since=since, until=until)
        assert part == [day for day in series.days(text, first) if since <= day <= until]

    @settings(max_examples=50)
    @given(st.sampled_from(RHYTHMS), FIRST_DAYS, st.integers(0, 400), st.integers(-27, 27))
    def test_moved_it_keeps_its_rhythm_and_its_number(
        self, comes: Comes, first: date, length: int, by: int
    ) -> None:
        text = series.rule(comes, first, first + timedelta(days=length))
        moved, days = series.moved(text, first, first + timedelta(days=by))
        assert series.comes(moved) is comes
        assert list(days) == series.days(text, first)
        assert list(days.values()) == series.days(moved, first + timedelta(days=by))
        if comes in (Comes.WEEKLY, Comes.FORTNIGHTLY):
            assert {new - old for old, new in days.items()} == {timedelta(days=by)}

    def test_a_rule_we_do_not_take_is_refused_in_words(self, app: Flask) -> None:
        for text, words in NOT_TAKEN:
            with app.test_request_context(), pytest.raises(Refused, match=words):
                series.check(text, date(2026, 11, 26))


@pytest.fixture
def thursday() -> Event:
    event: Event = make.event("Marche du jeudi", state=EventState.DRAFT, place="Devant la mairie")
    return event


def walls(event: Event) -> set[time]:
    return {one.starts_at.astimezone(PARIS).time() for one in dates(event)}


@pytest.mark.usefixtures("session")
class TestMaking:
    def test_a_walk_stays_at_ten_across_each_change_of_clocks(self) -> None:
        for today, change in CHANGES:
            with time_machine.travel(f"{today}T08:00:00Z", tick=False):
                walk, first = make.event(), date.fromisoformat(today) + timedelta(days=3)
                rule = series.rule(Comes.WEEKLY, first, first + timedelta(days=70))
                actions.add_series(walk, rule, first, TEN, by=make.account("Chloé", Role.COORDINATOR))
                db.session.flush()
                assert walls(walk) == {time(10)}
                assert {one.starts_at.hour for one in dates(walk)} == {8, 9}
                assert dates(walk)[0].day < change < dates(walk)[-1].day

    def test_sign_up_closes_at_the_same_hour_the_day_before(self, thursday: Event) -> None:
        early = Hours(starts=time(10), minutes=60, closes_hours=24)
        with time_machine.travel("2027-03-01T08:00:00Z", tick=False):
            sunday = date(2027, 3, 28)
            (made,) = actions.add_dates(thursday, [sunday], early, by=make.account("Chloé", Role.COORDINATOR))
            assert made.closes_at.astimezone(PARIS).replace(tzinfo=None) == datetime.combine(
                date(2027, 3, 27), time(10)
            )
            assert made.starts_at - made.closes_at == timedelta(hours=23)
            assert making.closes_hours(made) == 24

    def test_a_night_on_which_the_hour_does_not_exist_is_left_out(self, thursday: Event) -> None:
        with time_machine.travel("2027-03-01T08:00:00Z", tick=False):
            first = date(2027, 3, 14)
            late = Hours(starts=time(2, 30), minutes=60, closes_hours=0)
            rule = series.rule(Comes.WEEKLY, first, date(2027, 4, 11))
            actions.add_series(thursday, rule, first, late, by=make.account("Chloé", Role.COORDINATOR))
            db.session.flush()
            assert [one.day.day for one in dates(thursday)] == [14, 21, 4, 11]

    def test_six_months_are_made_and_the_clock_makes_the_rest_once(self, thursday: Event) -> None:
        chloe = make.account("Chloé", Role.COORDINATOR)
        first, last = date(2026, 11, 26), date(2027, 10, 28)
        rule = series.rule(Comes.WEEKLY, first, last)
        hours = Hours(starts=time(10), minutes=90, closes_hours=24, place="Au parc", note="")
        with time_machine.travel("2026-11-22T08:00:00Z", tick=False):
            actions.add_series(thursday, rule, first, hours, exceptions=[date(2026, 12, 24)], by=chloe)
            db.session.commit()
            assert dates(thursday)[-1].day <= date(2027, 5, 24)
            assert extend_series() == 0
        with time_machine.travel("2027-02-01T08:00:00Z", tick=False):
            assert extend_series() > 0
            assert extend_series() == 0
        with time_machine.travel("2027-06-01T08:00:00Z", tick=False):
            extend_series()
            expected = [day for day in by_dateutil(Comes.WEEKLY, first, last) if day != date(2026, 12, 24)]
            assert [one.day for one in dates(thursday)] == expected
            assert walls(thursday) == {time(10)}
            assert {making.closes_hours(one) for one in dates(thursday)} == {24}
            assert {one.place for one in dates(thursday)} == {"Au parc"}
            assert not list(queries.to_extend(actions.AHEAD))

    def test_the_clock_leaves_out_a_day_that_has_a_date_already(self, thursday: Event) -> None:
        chloe = make.account("Chloé", Role.COORDINATOR)
        first = date(2026, 11, 26)
        with time_machine.travel("2026-11-22T08:00:00Z", tick=False):
            rule = series.rule(Comes.WEEKLY, first, date(2027, 10, 28))
            actions.add_series(thursday, rule, first, TEN, by=chloe)
            actions.add_dates(thursday, [date(2027, 6, 3)], TEN, by=chloe)
            db.session.commit()
        with time_machine.travel("2027-01-04T08:00:00Z", tick=False):
            extend_series()
            assert [one.day for one in dates(thursday)].count(date(2027, 6, 3)) == 1

    def test_after_a_long_outage_the_past_is_not_filled_in(self, thursday: Event) -> None:
        chloe = make.account("Chloé", Role.COORDINATOR)
        with time_machine.travel("2026-11-22T08:00:00Z", tick=False):
            rule = series.rule(Comes.WEEKLY, date(2026, 11, 26), date(2028, 6, 29))
            actions.add_series(thursday, rule, date(2026, 11, 26), TEN, by=chloe)
            db.session.commit()
            made = len(dates(thursday))
        with time_machine.travel("2027-09-01T08:00:00Z", tick=False):
            extend_series()
            new = dates(thursday)[made:]
            assert new[0].day == date(2027, 9, 2)

    def test_overlapping_series_are_refused(self, thursday: Event) -> None:
        chloe = make.account("Chloé", Role.COORDINATOR)
        with time_machine.travel("2026-11-22T08:00:00Z", tick=False):
            first = date(2026, 11, 26)
            rule = series.rule(Comes.WEEKLY, first, date(2027, 3, 25))
            actions.add_series(thursday, rule, first, TEN, by=chloe)
            db.session.flush()
            later = Hours(starts=time(11), minutes=90, closes_hours=0)
            other = series.rule(Comes.FORTNIGHTLY, date(2026, 12, 3), date(2027, 3, 25))
            with pytest.raises(Refused, match="déjà une date"):
                actions.add_series(thursday, other, date(2026, 12, 3), later, by=chloe)
            touching = Hours(starts=time(11, 30), minutes=90, closes_hours=0)
            actions.add_series(thursday, other, date(2026, 12, 3), touching, by=chloe)

    def test_a_series_that_leaves_every_day_out_is_refused(self, thursday: Event) -> None:
        chloe = make.account("Chloé", Role.COORDINATOR)
        with time_machine.travel("2026-11-22T08:00:00Z", tick=False):
            rule = series.rule(Comes.WEEKLY, date(2026, 11, 26), date(2026, 12, 3))
            both = [date(2026, 11, 26), date(2026, 12, 3)]
            with pytest.raises(Refused, match="aucune date"):
                actions.add_series(thursday, rule, both[0], TEN, exceptions=both, by=chloe)

    @settings(max_examples=15, deadline=None)
    @given(
        st.sampled_from(RHYTHMS),
        st.integers(1, 200),
        st.integers(0, 400),
        st.sets(st.integers(0, 20), max_size=5),
    )
    def test_what_is_made_is_what_dateutil_says_without_the_exceptions(
        self, comes: Comes, begin: int, length: int, skipped: set[int]
    ) -> None:
        with time_machine.travel("2026-11-22T08:00:00Z", tick=False):
            event, chloe = make.event(), make.account("Chloé", Role.COORDINATOR)
            first = date(2026, 11, 22) + timedelta(days=begin)
            last = first + timedelta(days=length)
            every = by_dateutil(comes, first, last)
            without = {every[number] for number in skipped if number < len(every)}
            near = [day for day in every if day <= date(2026, 11, 22) + actions.AHEAD and day not in without]
            try:
                actions.add_series(
                    event, series.rule(comes, first, last), first, TEN, exceptions=without, by=chloe
                )
            except Refused:
                assert not near
            else:
                db.session.flush()
                assert [one.day for one in dates(event)] == near
            db.session.rollback()
