"""Several applications over one database, as processes are: for races."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from engage.app import create_app
from engage.core.db import db
from tests.conftest import SECRET_KEYS

AT_ONCE = 6


@pytest.fixture
def apps(app: Flask) -> Iterator[list[Flask]]:
    """As processes have: what one of them locks in memory does not help the other."""
    made = [create_app(app.extensions["engage_settings"], SECRET_KEYS) for _process in range(AT_ONCE)]
    for one in made:
        with one.app_context():
            if db.engine.dialect.name == "sqlite":
                event.listen(db.engine, "connect", lambda held, _r: held.execute("PRAGMA synchronous=OFF"))
    yield made
    for one in made:
        with one.app_context():
            db.session.remove()
            db.engine.dispose()
