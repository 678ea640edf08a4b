"""Everybody answers at once: no more answers than people, and a double click is one answer."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from engage.core.db import db
from engage.core.errors import Refused
from engage.events.after import actions, queries
from engage.events.after.models import Face, Feedback
from engage.events.kinds import SigningUp
from engage.events.models import Occurrence
from tests import make
from tests.events.after.conftest import kept

PEOPLE, KEYS = 3, 6


def rush(app: Flask, code: str) -> list[Exception]:
    """Each form is sent twice, all of them at the same moment; what no rule refused and yet did not work."""
    start, faults = threading.Barrier(2 * KEYS), list[Exception]()

    def send(key: str) -> None:
        with app.test_request_context("/", method="POST"):
            start.wait()
            try:
                date = db.session.scalars(select(Occurrence).filter_by(code=code)).one()
                actions.answer(date, face=Face.GOOD, words="", submission_key=key)
                db.session.commit()
            except Refused:
                db.session.rollback()
            except Exception as fault:  # noqa: BLE001  (told by the test)
                faults.append(fault)
            finally:
                db.session.remove()

    clients = [threading.Thread(target=send, args=(str(number // 2),)) for number in range(2 * KEYS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return faults


def answers(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count(Feedback.id))).one()


def test_no_more_answers_than_people_whoever_is_first(app: Flask) -> None:
    code = kept(app, people=PEOPLE, signing_up=SigningUp.REQUIRED)
    assert rush(app, code) == []
    assert answers(app) == PEOPLE


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_minutes_that_somebody_sends_meanwhile_are_not_written_over(app: Flask) -> None:
    """SQLite lets one in after the other: who comes second reads what the first wrote."""
    code = kept(app)
    with app.test_request_context("/", method="POST"):
        date = db.session.scalars(select(Occurrence).filter_by(code=code)).one()
        theirs = update(Occurrence).where(Occurrence.id == date.id).values(minutes_words="Les leurs.")
        with db.engine.begin() as other:
            other.execute(theirs)
        with pytest.raises(Refused):
            actions.write_minutes(date, words="Les miens.", seen=actions.mark(""), by=make.account())


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_without_the_lock_more_would_get_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the test above would prove nothing: here all have counted before the first one writes."""
    code = kept(app, people=PEOPLE, signing_up=SigningUp.REQUIRED)
    counted = threading.Barrier(2 * KEYS)
    is_full = queries.is_full_of_answers

    def slowly(date: Occurrence) -> bool:
        found = is_full(date)
        counted.wait(timeout=20)
        return found

    monkeypatch.setattr(queries, "is_full_of_answers", slowly)
    monkeypatch.setattr(actions, "hold", lambda _date: None)
    assert rush(app, code) == []
    assert answers(app) == KEYS
