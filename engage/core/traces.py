"""What a database keeps of rows that are gone, and how it forgets them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import closing
from typing import Any

import structlog

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


def forget(tables: Iterable[str]) -> None:
    """Rewrite what held deleted rows of `tables`; call it after the commit, outside of any unit.

    SQLite writes its file anew and empties the write-ahead log; PostgreSQL vacuums, which cuts the pages that
    only deleted rows held off the end of their file.
    """
    with closing(db.engine.raw_connection()) as held:
        driver: Any = held.driver_connection
        if db.engine.dialect.name == "sqlite":
            driver.execute("VACUUM")
            _empty_log(driver)
            return
        driver.autocommit = True
        for table in tables:
            driver.execute(f"VACUUM {table}")
