"""Migrations: one line, to what the models say, with nothing lost on the way, on both engines."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine, text

from engage.app import create_app
from engage.core import keys, migrate
from engage.core.config import Settings, shipped
from engage.core.db import Model, db
from engage.demo.fill import fill
from tests.laws.shape import counts, shape, triggers


def _revisions() -> list[str]:
    """From the first to the last."""
    script = ScriptDirectory.from_config(migrate.config())
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


@pytest.fixture
def empty(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The site over a database of its own with nothing in it."""
    url, server = None, None
    if engine_name == "postgresql":
        address = Settings(database_url=request.getfixturevalue("postgres_server")).sqlalchemy_url
        server = create_engine(address, isolation_level="AUTOCOMMIT")
        name = f"engage_empty_{secrets.token_hex(4)}"
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        url = server.url.set(database=name).render_as_string(hide_password=False)
    app = create_app(Settings(data=tmp_path, database_url=url, testing=True), keys.generate())
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    if server is not None:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


def test_there_is_one_head() -> None:
    assert ScriptDirectory.from_config(migrate.config()).get_heads() == [migrate.head()]
    files = list((shipped("migrations") / "versions").glob("*.py"))
    assert len(_revisions()) == len(files)


def test_an_upgraded_database_is_what_the_models_say(empty: Flask) -> None:
    migrate.upgrade()
    upgraded = shape(db.engine)
    migrate.downgrade("base")
    assert set(counts(db.engine)) == set()
    assert triggers(db.engine) == {}
    with db.engine.begin() as connection:
        Model.metadata.create_all(connection)
    said = shape(db.engine)
    assert upgraded.keys() == said.keys()
    for name, facts in said.items():
        assert upgraded[name] == facts, name


def test_every_step_goes_down_and_up_again(empty: Flask) -> None:
    migrate.upgrade()
    last = shape(db.engine)
    for earlier in reversed(["base", *_revisions()[:-1]]):
        migrate.downgrade(earlier)
        assert migrate.present() == (None if earlier == "base" else earlier)
    migrate.upgrade()
    assert shape(db.engine) == last


def test_a_filled_demo_keeps_every_row_through_every_later_step(empty: Flask) -> None:
    """What an earlier step held already comes through; below the first step there is nothing to keep."""
    migrate.upgrade()
    fill(empty)
    db.session.remove()
    held, guarded = counts(db.engine), triggers(db.engine)
    assert held["idea"] >= 40
    for earlier in reversed(_revisions()[:-1]):
        migrate.downgrade(earlier)
        kept = counts(db.engine)
        assert kept == {table: held[table] for table in kept}, earlier
        migrate.upgrade()
        assert kept.items() <= counts(db.engine).items(), earlier
        assert triggers(db.engine) == guarded, earlier
