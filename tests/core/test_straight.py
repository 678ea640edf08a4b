"""Statements given to the driver as they are: each in its turn, with the types of its columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, event, select, update
from sqlalchemy.exc import IntegrityError, InternalError

from engage.core.clock import now
from engage.core.db import Moment, db
from engage.core.limits import RateCounter
from engage.core.straight import Straight, at_once

LATE = now() + timedelta(days=1)


@pytest.fixture
def counter(app: Flask) -> Iterator[RateCounter]:
    with app.app_context():
        made = RateCounter(key="one", count=1, expires_at=LATE)
        db.session.add(made)
        db.session.flush()
        yield made


def count_up(*, to: Any = RateCounter.count + 1) -> Straight:
    row = update(RateCounter).where(RateCounter.key == bindparam("name"))
    return Straight(row.values(count=to).returning(RateCounter.count), db.engine.dialect, "name")


def counted() -> Straight:
    late = RateCounter.expires_at >= bindparam("at", type_=Moment)
    asked = select(RateCounter.count, RateCounter.key).where(late, RateCounter.key.in_(["one", "two"]))
    return Straight(asked, db.engine.dialect, "at")


def test_each_sees_what_the_one_before_it_did(counter: RateCounter) -> None:
    asked = (count_up(), {"name": "one"}), (counted(), {"at": LATE}), (count_up(), {"name": "none"})
    assert at_once(db.session.connection(), *asked) == [[(2,)], [(2, "one")], []]
    db.session.rollback()
    assert at_once(db.session.connection(), (counted(), {"at": LATE})) == [[]]


def test_who_listens_hears_of_each(counter: RateCounter) -> None:
    heard: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _k, said, *_rest: heard.append(said[:6]))
    at_once(db.session.connection(), (count_up(), {"name": "one"}), (counted(), {"at": LATE}))
    assert heard == ["UPDATE", "SELECT"]


def test_a_fault_is_that_of_sqlalchemy_and_stops_the_rest(counter: RateCounter, engine_name: str) -> None:
    nothing = (count_up(to=None), {"name": "one"})
    with pytest.raises(IntegrityError):
        at_once(db.session.connection(), nothing, (count_up(), {"name": "one"}))
    asked_again = db.session.connection(), (counted(), {"at": LATE})
    if engine_name == "sqlite":
        assert at_once(*asked_again) == [[(1, "one")]]
    else:
        with pytest.raises(InternalError, match="aborted"):
            at_once(*asked_again)


def test_a_moment_without_zone_is_refused(counter: RateCounter) -> None:
    with pytest.raises(ValueError, match="without zone"):
        at_once(db.session.connection(), (counted(), {"at": LATE.replace(tzinfo=None)}))
