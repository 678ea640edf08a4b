"""A real centre for real servers: a folder, and a database of its own on either engine."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from click import ClickException
from flask import Flask
from sqlalchemy import create_engine, text

from engage.app import create_app
from engage.core import keys, migrate
from engage.core.config import Settings
from engage.core.db import db
from engage.ops import folder, serve, setup
from tests import make


class Place(NamedTuple):
    """Where a server finds its centre; `app` looks into the same database."""

    data: Path
    url: str | None
    app: Flask


def _fill(app: Flask) -> None:
    with folder.inside(app):
        migrate.upgrade()
        make.centre()
        setup.fill()
        db.session.commit()


def wait_for_port(port: int) -> None:
    """Threads of a killed process may outlive it and hold its port a moment. Raises ClickException."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with suppress(ClickException):
            return serve.refuse_taken_port("127.0.0.1", port)
        time.sleep(0.05)
    return serve.refuse_taken_port("127.0.0.1", port)


@pytest.fixture
def place(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    data = tmp_path / "data"
    data.mkdir()
    keys.save(keys.generate(), data / "keys")
    if engine_name == "sqlite":
        app = create_app(Settings(data=data))
        _fill(app)
        yield Place(data, None, app)
        return
    address = Settings(database_url=request.getfixturevalue("postgres_server")).sqlalchemy_url
    server = create_engine(address, isolation_level="AUTOCOMMIT")
    name = f"engage_fault_{secrets.token_hex(4)}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = server.url.set(database=name).render_as_string(hide_password=False)
    app = create_app(Settings(data=data, database_url=url))
    _fill(app)
    yield Place(data, url, app)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()
