"""What a database keeps of rows that are gone, and how it forgets them."""

from __future__ import annotations

import time
from collections.abc import Container, Iterable, Mapping
from contextlib import closing
from typing import Any

import structlog
from sqlalchemy import text

from engage.core.db import db

log = structlog.get_logger()

TRIES = 5
PAUSE_SECONDS = 1


def overwrite_deleted() -> None:
    """From here on this unit writes zeros over what it deletes (SQLite, `PRAGMA secure_delete`)."""
    if db.engine.dialect.name == "sqlite":
        db.session.connection().exec_driver_sql("PRAGMA secure_delete=ON")


def _empty_log(driver: Any) -> None:
    """A page being read holds the log for a moment: try again until nobody does."""
    for _try in range(TRIES):
        busy, _frames, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            return
        time.sleep(PAUSE_SECONDS)
    log.warning("log_not_emptied")


def insert_again(rows: Mapping[str, str], **values: object) -> None:
    """On PostgreSQL, write these rows anew in random order: no mark and no place says who was before whom.

    `rows`: which ones (an SQL condition with `values`) by table, parents first. All of them get the mark
    (`xmin`) of this unit. In SQLite they lie in the order of their random key anyway.
    """
    if db.engine.dialect.name != "postgresql":
        return
    run = db.session.connection().execute
    for table, condition in rows.items():
        kept = f"SELECT * FROM {table} WHERE {condition} ORDER BY gen_random_uuid()"  # noqa: S608
        run(text(f"CREATE TEMPORARY TABLE kept_{table} ON COMMIT DROP AS {kept}"), values)
    for table, condition in reversed(list(rows.items())):
        run(text(f"DELETE FROM {table} WHERE {condition}"), values)  # noqa: S608
    for table in rows:
        run(text(f"INSERT INTO {table} SELECT * FROM kept_{table}"))  # noqa: S608


def forget(tables: Iterable[str], *, rewritten: Container[str] = ()) -> None:
    """Rewrite what held deleted rows of `tables`; call it after the commit, outside of any unit.

    SQLite writes its file anew and empties the write-ahead log. PostgreSQL vacuums, which cuts the pages that
    only deleted rows held off the end of their file; a table to be `rewritten` gets a new file, because
    deleted rows between others can be read in the old one.
    """
    with closing(db.engine.raw_connection()) as held:
        driver: Any = held.driver_connection
        if db.engine.dialect.name == "sqlite":
            driver.execute("VACUUM")
            _empty_log(driver)
            return
        driver.autocommit = True
        for table in tables:
            driver.execute(f"VACUUM {'FULL ' if table in rewritten else ''}{table}")
