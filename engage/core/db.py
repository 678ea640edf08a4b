"""The base of every table, and how a unit of work opens on SQLite and PostgreSQL."""

from __future__ import annotations

import enum
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Text,
    TypeDecorator,
    event,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from engage.core import keys

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
LOCK_WAIT_SECONDS = 10
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as UTC on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without zone was given to the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Encrypted(TypeDecorator[str]):
    """Text encrypted at rest with the centre's keys; find it through a keyed digest beside it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keys.encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keys.decrypt(value)


class Model(DeclarativeBase):
    """Brings names and types, but no columns."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: Moment,
        str: Text,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        enum.StrEnum: Enum(
            enum.StrEnum,
            native_enum=False,
            create_constraint=True,
            length=24,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


db = SQLAlchemy(metadata=Model.metadata)


def engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": LOCK_WAIT_SECONDS}}
    return {
        "isolation_level": "READ COMMITTED",
        "pool_pre_ping": True,
        "connect_args": {"options": "-c lock_timeout=3s -c timezone=UTC"},
    }


def init_app(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def prepare(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        _SqliteUnits(engine)


def _writes(connection: Connection) -> bool:
    """A unit writes unless it serves a safe request, or says otherwise itself."""
    said = connection.get_execution_options().get("engage_writes")
    if said is not None:
        return bool(said)
    return not (has_request_context() and request.method in SAFE_METHODS)


class _SqliteUnits:
    """BEGIN IMMEDIATE for units that write, behind one lock a process, so that they do not wait at random."""

    def __init__(self, engine: Engine) -> None:
        self.turn = threading.Lock()
        event.listen(engine, "connect", self.connect)
        event.listen(engine, "begin", self.begin)
        event.listen(engine, "checkin", self.checkin)

    @staticmethod
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-8000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute(f"PRAGMA busy_timeout={LOCK_WAIT_SECONDS * 1000}")
        cursor.close()

    def begin(self, connection: Connection) -> None:
        if not _writes(connection):
            connection.exec_driver_sql("BEGIN")
            return
        if not connection.info.get("turn"):
            connection.info["turn"] = self.turn.acquire(timeout=LOCK_WAIT_SECONDS)
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def checkin(self, _connection: object, record: ConnectionPoolEntry) -> None:
        """The commit is on disk only now: the next writer starts without polling."""
        if record.info.pop("turn", False):
            self.turn.release()


@contextmanager
def writing_aside() -> Iterator[Connection]:
    """A short unit of its own, committed at its end whatever becomes of the request's unit."""
    with db.engine.connect().execution_options(engage_writes=True) as connection, connection.begin():
        yield connection
