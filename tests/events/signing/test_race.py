"""Everybody at once, on both engines: nothing is sold twice; and without the first UPDATE it is."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Dialect, bindparam, event, func, select

from engage.app import create_app
from engage.core import units
from engage.core.clock import now
from engage.core.db import Moment, db
from engage.core.straight import Straight
from engage.events.kinds import Cause, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import line, newcomer, places, queries
from engage.events.signing.models import SignUp, SignUpChange
from engage.events.signing.queries import Met
from engage.outbox.models import Message
from tests.conftest import SECRET_KEYS
from tests.events.signing.crowd import LEGAL, Crowd, look

ROUNDS = 12 if os.environ.get("ENGAGE_TEST_DEEP") else 1
THOUGHT_SECONDS = 0.005
PROMOTED = (SignUpState.OFFERED, SignUpState.CONFIRMED)


def met_slowly(met: Callable[[Sequence[Any]], Met], row: Sequence[Any]) -> Met:
    time.sleep(THOUGHT_SECONDS)
    return met(row)


@pytest.fixture
def crowd(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], Crowd]]:
    """Two applications, as two processes have: what one of them locks in memory does not help the other.

    Between what is read and what is written there is time for all others, with the lock and without it.
    """
    monkeypatch.setattr(queries, "met", partial(met_slowly, queries.met))
    opened: list[Flask] = []

    def gathered(seed: int) -> Crowd:
        opened.extend((_like(app), _like(app)))
        return Crowd(opened[-2:], seed)

    yield gathered
    for made in opened:
        with made.app_context():
            db.session.remove()
            db.engine.dispose()


def _like(app: Flask) -> Flask:
    made = create_app(app.extensions["engage_settings"], SECRET_KEYS)
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        with made.app_context():
            event.listen(db.engine, "connect", lambda held, _record: held.execute("PRAGMA synchronous=OFF"))
    return made


def stories() -> dict[str, list[SignUpChange]]:
    rows = select(SignUp.code, SignUpChange).join(SignUpChange, SignUpChange.sign_up_id == SignUp.id)
    found: dict[str, list[SignUpChange]] = {}
    for code, change in db.session.execute(rows.order_by(SignUpChange.id)):
        found.setdefault(code, []).append(change)
    return found


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_nothing_is_sold_twice(
    crowd: Callable[[int], Crowd], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Double clicks, cancelling, offers that end at once, parties that grow, a room that changes."""
    monkeypatch.setattr(line, "offer_ends", lambda *_when: now())
    there = crowd(seed)
    there.rush(there.set_capacity, there.expire)
    assert there.faults == []
    assert len(there.seen) > 60
    assert [seen for seen in there.seen if not seen.is_right] == []
    # A form sent twice is one sign-up with one code.
    assert {len(codes) for codes in there.codes.values()} == {1}
    with there.apps[0].app_context():
        assert look().is_right
        told = Counter(db.session.scalars(select(Message.key)))
        promoted = [change for changes in stories().values() for change in promotions(changes)]
    assert promoted
    assert all(told[f"sign-up change {change.id}"] == 1 for change in promoted)


def promotions(changes: list[SignUpChange]) -> list[SignUpChange]:
    """What this person was given; never while they had a place, and never more than twice."""
    states = [None, *(change.state for change in changes)]
    assert all(after in LEGAL[before] for before, after in pairwise(states))
    given = [change for change in changes if change.cause is Cause.EVENT and change.state in PROMOTED]
    assert len(given) <= line.MOST_OFFERS
    return given


def read_alone(occurrence_id: int) -> Occurrence:
    """The date as it stands, and nothing is locked."""
    rows = select(Occurrence).where(Occurrence.id == occurrence_id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).one()


def meet_unlocked(meeting: Any, dialect: Dialect) -> tuple[Straight, Straight]:
    """What a newcomer is told of the date, without the first statement."""
    rows = select(Occurrence.id, Occurrence.capacity, Occurrence.reserved)
    alone = rows.where(Occurrence.id == bindparam("date"), bindparam("present", type_=Moment).is_not(None))
    return Straight(alone, dialect, "date", "present"), meeting(dialect)[1]


def begin_as_the_driver_does(_units: Any, connection: Connection) -> None:
    """Python's sqlite3 opens a transaction at the first statement that writes, after the sums were read."""
    driver: Any = connection.connection.driver_connection
    driver.isolation_level = ""


def test_control_without_the_first_update_places_are_sold_twice(
    crowd: Callable[[int], Crowd], monkeypatch: pytest.MonkeyPatch, engine_name: str
) -> None:
    """The same rush. On PostgreSQL the CHECK on the figure written back, a second net, stops some of it.

    SQLite has one writer at a time: there the first UPDATE stands for reading as that writer, so BEGIN
    IMMEDIATE must go too; and the second net, which holds there.
    """
    monkeypatch.setattr(places, "lock_running", read_alone)
    monkeypatch.setattr(places, "meeting", partial(meet_unlocked, places.meeting))
    if engine_name == "sqlite":
        monkeypatch.setattr(units.SqliteUnits, "begin", begin_as_the_driver_does)
        monkeypatch.setattr(places, "write_back", lambda _date: None)
        fits = newcomer.COUNT.values(taken=func.min(bindparam("seats"), Occurrence.capacity))
        monkeypatch.setattr(newcomer, "COUNT", fits)
        monkeypatch.setattr(newcomer, "asked", newcomer.asked.__wrapped__)
    for seed in range(20):
        there = crowd(seed)
        there.rush()
        if any(seen.is_oversold for seen in there.seen):
            return
    pytest.fail("the test above would not notice a place sold twice")
