"""A Sunday in November, and the people who plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine
from sqlalchemy import inspect, select

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.events.models import Event, Occurrence
from engage.events.planning.dating import actions, series
from engage.events.planning.dating.making import Hours
from engage.events.planning.dating.series import Comes
from tests import make

TODAY = "2026-11-22T08:00:00Z"
TEN = Hours(starts=time(10), minutes=90, closes_hours=0)


@pytest.fixture
def november() -> Iterator[None]:
    """Nothing moves: it is Sunday 22 November 2026, 9:00 in Paris."""
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def coordinator(session: None) -> Account:
    return make.account("Chloé", Role.COORDINATOR)


def dates(event: Event) -> list[Occurrence]:
    """Every date of this event as it stands in the database, the first one on top."""
    event_id = (inspect(event).identity or (None,))[0]
    rows = select(Occurrence).filter_by(event_id=event_id).order_by(Occurrence.starts_at)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def weekly(
    event: Event, by: Account, *, first: date = date(2026, 11, 26), last: date = date(2027, 2, 25)
) -> None:
    """A walk every week at ten."""
    actions.add_series(event, series.rule(Comes.WEEKLY, first, last), first, TEN, by=by)
    db.session.flush()
