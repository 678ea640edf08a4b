"""How a unit of work opens and ends on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
import time
from typing import Any

from flask import has_request_context, request
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
LOCK_WAIT_SECONDS = 10
LOOK_AGAIN_SECONDS = 0.0005
RESTED_SECONDS = 1


def prepare(engine: Engine) -> None:
    """Open every unit of work on this engine our way."""
    kind = SqliteUnits if engine.dialect.name == "sqlite" else PostgresUnits
    kind(engine)


def writes(connection: Connection) -> bool:
    """A unit writes unless it serves a safe request, or says otherwise itself."""
    said = connection.get_execution_options().get("engage_writes")
    return not _is_safe_request() if said is None else bool(said)


def _is_safe_request() -> bool:
    return has_request_context() and request.method in SAFE_METHODS


class SqliteUnits:
    """BEGIN IMMEDIATE for units that write, behind one lock a process.

    SQLite lets a writer who found the file taken sleep longer and longer, up to 100 ms: between processes we
    look again at once instead, and the wait is as short as the unit before it.
    """

    def __init__(self, engine: Engine) -> None:
        self.turn = threading.Lock()
        self.taken: type[Exception] = engine.dialect.loaded_dbapi.OperationalError
        event.listen(engine, "connect", self.connect)
        event.listen(engine, "begin", self.begin)
        event.listen(engine, "checkin", self.checkin)

    @staticmethod
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-1000")
        for pragma in (*pragmas, f"busy_timeout={LOCK_WAIT_SECONDS * 1000}"):
            connection.execute(f"PRAGMA {pragma}")

    def begin(self, connection: Connection) -> None:
        if not writes(connection):
            connection.exec_driver_sql("BEGIN")
            return
        if not connection.info.get("turn"):
            connection.info["turn"] = self.turn.acquire(timeout=LOCK_WAIT_SECONDS)
        driver: Any = connection.connection.driver_connection
        if connection.get_execution_options().get("engage_alone"):
            self._leave_disk_alone(driver, connection.info)
        driver.execute("PRAGMA busy_timeout=0")
        until = time.monotonic() + LOCK_WAIT_SECONDS
        while not self._began(driver, until):
            time.sleep(LOOK_AGAIN_SECONDS)
        driver.execute(f"PRAGMA busy_timeout={LOCK_WAIT_SECONDS * 1000}")

    def _began(self, driver: Any, until: float) -> bool:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except self.taken as fault:
            if time.monotonic() > until:  # said as SQLAlchemy says it: nobody wraps what an event raises
                raise OperationalError("BEGIN IMMEDIATE", None, fault) from fault
            return False
        return True

    @staticmethod
    def _leave_disk_alone(driver: Any, info: Any) -> None:
        """The next commit that waits for the disk brings this one along."""
        (info["synchronous"],) = driver.execute("PRAGMA synchronous").fetchone()
        driver.execute(f"PRAGMA synchronous={min(1, info['synchronous'])}")

    def checkin(self, driver: Any, record: ConnectionPoolEntry) -> None:
        """The commit is on disk only now: the next writer starts without polling."""
        synchronous = record.info.pop("synchronous", None)
        if driver and synchronous is not None:
            driver.execute(f"PRAGMA synchronous={synchronous}")
        if record.info.pop("turn", False):
            self.turn.release()


class PostgresUnits:
    """A page that only reads, unless it streams, and a statement alone need no transaction.

    A connection that rested is pinged.
    """

    def __init__(self, engine: Engine) -> None:
        self.ping = engine.dialect.do_ping
        self.gone: type[Exception] = engine.dialect.loaded_dbapi.Error
        event.listen(engine, "checkout", self.checkout)
        event.listen(engine, "begin", self.begin)
        event.listen(engine, "checkin", self.checkin)

    def checkout(self, driver: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info.get("used_at", time.monotonic()) < RESTED_SECONDS:
            return
        try:
            self.ping(driver)
        except self.gone as fault:
            raise DisconnectionError from fault  # the pool opens another one

    @staticmethod
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        options = connection.get_execution_options()
        is_alone = options.get("engage_alone", _is_safe_request() and "engage_writes" not in options)
        if driver.autocommit != is_alone:
            driver.autocommit = is_alone

    @staticmethod
    def checkin(_driver: object, record: ConnectionPoolEntry) -> None:
        record.info["used_at"] = time.monotonic()
