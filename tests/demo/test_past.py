"""The story's calendar: nothing in the future, nothing out of order, whatever the day the demo starts."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from engage.core.clock import now
from engage.core.db import db
from engage.demo import house, plot
from engage.demo.past import Calendar, happening, worked
from engage.demo.plot import Event
from engage.journal import actions as journal
from engage.journal.models import Entry

PARIS = "Europe/Paris"
STORY = house.story()
FIRST = {"receive", "commit", "open", "call"}
BY_PEOPLE = {"receive", "support", "reply", "precision", "withdraw"}
# Every day of a week, at hours when nobody works too, and the days around the new year.
STARTS = [
    *(datetime(2026, 3, 9 + day, hour, 7, tzinfo=UTC) for day in range(7) for hour in (1, 13)),
    datetime(2026, 12, 25, 9, tzinfo=UTC),
    datetime(2027, 1, 1, 23, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 6, tzinfo=UTC),
]


def _story(start: datetime) -> list[Event]:
    return plot.events(Calendar(start, PARIS), *STORY)


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_every_story_goes_forward_and_ends_before_the_present(start: datetime) -> None:
    told: dict[str, list[Event]] = defaultdict(list)
    for event in _story(start):
        told[event.key].append(event)
    for key, events in told.items():
        assert events[0].deed in FIRST, key
        assert events[-1].at <= start, key
        assert start - events[0].at < timedelta(days=366), key


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_what_refers_to_another_story_comes_after_it(start: datetime) -> None:
    published: dict[str, datetime] = {}
    for event in _story(start):
        if event.deed in {"publish", "keep"}:
            published[event.key] = event.at
        for key in event.facts.get("ideas", []) if event.deed == "commit" else []:
            assert published[key] <= event.at
        if event.deed == "open":
            assert event.facts["on"] == event.at.astimezone(ZoneInfo(PARIS)).date()
            published[event.key] = event.at
        if "batch" in event.facts:
            assert published[event.facts["batch"]] <= event.at
        if event.deed == "join":
            assert published[event.facts["idea"]] <= event.at
        if event.deed == "merge":
            assert published[event.facts["into"]] <= event.at


def test_the_team_rests() -> None:
    """A demo that starts on a working day tells of nobody at work on a Sunday or a holiday."""
    start = datetime(2026, 3, 11, 17, tzinfo=UTC)
    days = {
        event.at.astimezone(ZoneInfo(PARIS)).date() for event in _story(start) if event.deed not in BY_PEOPLE
    }
    assert days == {worked(day) for day in days}


def test_days_in_a_sentence_are_counted_from_the_act() -> None:
    calendar = Calendar(datetime(2026, 6, 9, 12, tzinfo=UTC), PARIS)
    at = datetime(2026, 5, 22, 12, tzinfo=UTC)
    assert calendar.said("Le {jour+7}, puis en {mois+40}.", at) == "Le vendredi 29 mai, puis en juillet 2026."
    assert calendar.said("Le {jour+10}.", at) == "Le lundi 1er juin."


def test_acts_of_the_past_carry_their_moment_even_in_the_journal(session: None) -> None:
    at = now() - timedelta(days=100)
    with happening(at):
        journal.record("told", "demo", "x", by=None)
    journal.record("told", "demo", "y", by=None)
    db.session.commit()
    moments = {entry.subject_ref: entry.at for entry in db.session.scalars(select(Entry))}
    assert moments["x"] == at
    assert now() - moments["y"] < timedelta(minutes=1)
