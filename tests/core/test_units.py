"""What a commit waits for: a try that is counted is not worth a wait for the disk."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from engage.core import limits
from engage.core.clock import now
from engage.core.db import db, writing_aside

FULL, NORMAL = 2, 1


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = getattr(request, "param", "sqlite")
    return name


def test_on_sqlite_the_next_commit_brings_a_try_along(app: Flask) -> None:
    seen: list[int] = []

    def look(connection: Any, *_asked: object) -> None:
        driver = connection.connection.driver_connection
        seen.append(driver.execute("PRAGMA synchronous").fetchone()[0])

    with app.app_context():
        event.listen(db.engine, "connect", lambda held, _record: held.execute("PRAGMA synchronous=FULL"))
        event.listen(db.engine, "before_cursor_execute", look)
        db.engine.dispose()
        assert [limits.tally("door", "somebody", until=now()) for _try in range(2)] == [1, 2]
        with writing_aside() as connection:
            connection.execute(text("DELETE FROM rate_counter"))
    assert seen == [NORMAL, NORMAL, FULL]


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_on_postgresql_a_try_says_itself_that_it_need_not_be_safe(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        asked = text("SHOW synchronous_commit")
        connection.execute(text("SET synchronous_commit = on"))
        connection.commit()
        tried = {"key": "door", "expires_at": now()}
        assert connection.execute(limits.COUNT_ASIDE["postgresql"], tried).scalar_one() == 1
        assert connection.execute(asked).scalar_one() == "off"
        connection.commit()
        assert connection.execute(asked).scalar_one() == "on"
