"""Workers and people at the same moment: each person is told once, and nobody who has left."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from engage.app import create_app
from engage.core.db import db
from engage.events.kinds import SignUpState
from engage.events.models import Occurrence
from engage.events.reminding import commands, queries
from engage.events.reminding.models import Delivery
from engage.events.signing import actions as signing
from engage.events.signing.models import SignUp
from engage.outbox.models import Kind, Message, State
from tests.conftest import SECRET_KEYS
from tests.events.reminding.conftest import DAY, EARLY, at
from tests.events.signing.people import signed

PEOPLE, WORKERS = 40, 4


@contextmanager
def workers(app: Flask, number: int) -> Iterator[list[Flask]]:
    """Applications as other processes have them: what one locks in memory does not help another."""
    made = [create_app(app.extensions["engage_settings"], SECRET_KEYS) for _each in range(number)]
    yield made
    for one in made:
        with one.app_context():
            db.session.remove()
            db.engine.dispose()


def at_once(deeds: list[tuple[Flask, Callable[[], object]]]) -> list[Exception]:
    """All of them begin together; what went wrong."""
    start, faults = threading.Barrier(len(deeds)), []

    def run(app: Flask, deed: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                deed()
            except Exception as fault:
                faults.append(fault)
                raise

    threads = [threading.Thread(target=run, args=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


@pytest.fixture
def crowd(app: Flask, walk: Occurrence, monkeypatch: pytest.MonkeyPatch) -> Occurrence:
    monkeypatch.setattr(commands, "BATCH", 7)
    with at(EARLY):
        for number in range(PEOPLE):
            signed(walk, f"P{number}")
    db.session.remove()
    return walk


def told() -> Counter[str]:
    """How many reminders of the day before each sign-up has."""
    rows = select(Message.about_ref).where(Message.kind == Kind.REMINDER, Message.key.contains(" day "))
    return Counter(db.session.scalars(rows))


def test_workers_side_by_side_tell_each_once(app: Flask, crowd: Occurrence) -> None:
    with at(DAY), workers(app, WORKERS) as made:
        assert at_once([(one, commands.remind) for one in made]) == []
        commands.remind()
        assert set(told().values()) == {1}
        assert len(told()) == PEOPLE
        rows = Counter(db.session.scalars(select(Delivery.sign_up_id).where(Delivery.kind == "day")))
        assert set(rows.values()) == {1}
        assert len(rows) == PEOPLE


def test_the_unique_row_decides_where_nothing_is_locked(
    app: Flask, crowd: Occurrence, monkeypatch: pytest.MonkeyPatch, engine_name: str
) -> None:
    """Both read before either writes: only the row stands between somebody and two reminders.

    SQLite has one writer at a time: there the two cannot meet.
    """
    together, met = threading.Barrier(2, timeout=5), []
    asked = queries.to_remind

    def unlocked(one: queries.Due, _zone: str) -> Occurrence | None:
        return db.session.get(Occurrence, one.occurrence_id)

    def both(*said: object, **more: int) -> object:
        found = asked(*said, **more)  # type: ignore[arg-type]
        with suppress(threading.BrokenBarrierError):
            met.append(together.wait())
        return found

    if engine_name == "postgresql":
        monkeypatch.setattr(queries, "held", unlocked)
        monkeypatch.setattr(queries, "to_remind", both)
    with at(DAY), workers(app, 2) as made:
        at_once([(one, commands.remind) for one in made])
    monkeypatch.undo()
    assert met or engine_name == "sqlite"
    with at(DAY):
        commands.remind()
        assert set(told().values()) == {1}
        assert len(told()) == PEOPLE


def test_who_cancels_in_that_moment_is_not_reminded(app: Flask, crowd: Occurrence) -> None:
    """Either the reminder stops with the sign-up, or it was never written: no mail waits for who left."""
    with at(DAY), workers(app, 2) as (clock, person):
        codes = list(db.session.scalars(select(SignUp.code).order_by(SignUp.id.desc())))
        db.session.remove()

        def leave() -> None:
            for code in codes[:20]:
                one = db.session.scalars(select(SignUp).filter_by(code=code)).one()
                try:
                    signing.cancel(one)
                    db.session.commit()
                except OperationalError:
                    db.session.rollback()

        assert at_once([(clock, commands.remind), (person, leave)]) == []
        left = select(SignUp.code).where(SignUp.state == SignUpState.CANCELLED)
        waits = select(Message).where(Message.kind == Kind.REMINDER, Message.state == State.WAITING)
        assert db.session.scalars(waits.where(Message.about_ref.in_(left))).all() == []
        assert len(db.session.scalars(left).all()) == 20
        commands.remind()
        assert len(db.session.scalars(waits).all()) == PEOPLE - 20
