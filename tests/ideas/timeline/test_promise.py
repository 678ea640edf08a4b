"""The two figures everyone may see: how long, and how often in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from engage.core.clock import now
from engage.ideas.models import Publication
from engage.ideas.timeline.promise import promise
from tests import make

pytestmark = pytest.mark.usefixtures("session")
NOON = datetime(2026, 6, 15, 10, tzinfo=UTC)


def answered(days: float, **values: Any) -> None:
    """An idea received long enough ago and answered after `days`, due after 15."""
    received = values.pop("received_at", now() - timedelta(days=60))
    facts = {"due_on": (received + timedelta(days=15)).date(), "answered_at": received + timedelta(days=days)}
    make.idea(received_at=received, **facts | values)


def test_no_idea_yet() -> None:
    kept = promise()
    assert (kept.median_days, kept.in_time, kept.due) == (None, 0, 0)


def test_the_median_of_an_odd_and_of_an_even_number() -> None:
    for days in (1, 30, 4):
        answered(days)
    assert promise().median_days == pytest.approx(4)
    answered(6)
    assert promise().median_days == pytest.approx(5)


def test_in_time_counts_those_due_and_the_unanswered_ones_are_late() -> None:
    answered(3)
    answered(20)
    answered(0, answered_at=None)
    answered(1, received_at=now() - timedelta(days=2))
    kept = promise()
    assert (kept.in_time, kept.due) == (1, 3)


def test_withdrawn_merged_imported_and_old_ones_are_left_out() -> None:
    answered(3, publication=Publication.WITHDRAWN)
    answered(3, publication=Publication.MERGED)
    answered(3, import_digest="a", due_on=None)
    answered(3, received_at=now() - timedelta(days=500))
    kept = promise()
    assert (kept.median_days, kept.due) == (None, 0)


@time_machine.travel(NOON, tick=False)
def test_the_due_day_ends_at_midnight_of_the_centre() -> None:
    due = date(2026, 6, 1)
    make.idea(due_on=due, answered_at=datetime(2026, 6, 1, 21, 30, tzinfo=UTC))
    make.idea(due_on=due, answered_at=datetime(2026, 6, 1, 22, 30, tzinfo=UTC))
    kept = promise()
    assert (kept.in_time, kept.due) == (1, 2)
