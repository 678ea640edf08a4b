"""Somebody holds a date for too long: the page says to try again in a moment, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, text, update

from engage.core import units
from engage.core.db import db
from engage.events.models import Occurrence
from engage.intake.models import Reply
from tests import make
from tests.browser import Visitor

SAID = {"name": "Amina", "reply": Reply.MAIL.value, "email": "amina@exemple.fr"}


@pytest.fixture
def code(app: Flask) -> str:
    with app.app_context():
        made = make.occurrence(make.event(), capacity=2)
        db.session.commit()
        return made.code


@contextmanager
def holding(app: Flask, code: str) -> Iterator[None]:
    """Another process has changed the date and does not come to its end."""
    other = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with other.connect() as connection:
        connection.execute(update(Occurrence).filter_by(code=code).values(lock=Occurrence.lock + 1))
        yield
        connection.rollback()
    other.dispose()


def wait_less(driver: Any, _record: object) -> None:
    driver.execute("SET lock_timeout = '200ms'")
    driver.commit()


@pytest.fixture
def hasty(app: Flask, engine_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has 3 seconds (PostgreSQL), or 10 (SQLite), for a test."""
    monkeypatch.setattr(units, "LOCK_WAIT_SECONDS", 0.2)
    if engine_name == "postgresql":
        with app.app_context():
            assert db.session.scalar(text("SHOW lock_timeout")) == "3s"
            db.session.remove()
            db.engine.dispose()
            event.listen(db.engine, "connect", wait_less)


def test_a_date_that_is_held_says_try_again_in_a_moment(
    app: Flask, nobody: Visitor, code: str, hasty: None
) -> None:
    nobody.get(f"/evenements/{code}/inscription")
    form = nobody.hidden() | SAID
    with holding(app, code):
        page = nobody.post(f"/evenements/{code}/inscription", form, status=503).text
        assert "Réessayez dans un instant" in page
        assert "amina@exemple.fr" in page
    done = nobody.follow(nobody.post(f"/evenements/{code}/inscription", form)).text
    assert "Vous avez votre place" in done
