"""Runs migrations on both engines; keeps SQLite's triggers and children through table rebuilds."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from engage.core.db import Encrypted, Model, Moment, db

FULLTEXT_INDEX = "fulltext_index"


def include_object(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """The tables, and the column, of the full-text engine are its own affair."""
    return not (kind in {"table", "column"} and name and name.startswith(FULLTEXT_INDEX))


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration names plain types: our own may move or change."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return "sa.Text()" if kind == "type" and isinstance(item, Encrypted) else False


def _triggers(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {row.name: row.sql for row in rows}


def _tables(connection: Connection) -> set[str]:
    return set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))


def _restore_triggers(connection: Connection, before: dict[str, str]) -> None:
    """A rebuilt table has lost its triggers; one that a migration dropped itself loses its table too."""
    missing = before.keys() - _triggers(connection).keys() - set(context.config.attributes.get("dropped", ()))
    tables = _tables(connection)
    for name in missing:
        if before[name].split(" ON ", 1)[1].split()[0] in tables:
            connection.execute(text(before[name].replace(":", r"\:")))


def run(connection: Connection) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        include_object=include_object,
        render_item=render_item,
    )
    before = _triggers(connection) if is_sqlite else {}
    context.run_migrations()
    if is_sqlite:
        _restore_triggers(connection, before)
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise RuntimeError(f"a migration broke foreign keys: {broken[:5]}")


def main() -> None:
    """One transaction for all; SQLite checks foreign keys at its end instead of cascading meanwhile."""
    current_app.extensions  # noqa: B018  (fails outside the application, where no engine is)
    with db.engine.connect().execution_options(engage_writes=True) as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                run(connection)
        finally:
            if is_sqlite:
                driver.execute("PRAGMA foreign_keys=ON")


main()
