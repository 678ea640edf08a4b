"""The base of every table, and the session that reads and writes them."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Enum,
    MetaData,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, make_transient_to_detached
from sqlalchemy.sql.dml import ReturningInsert

from engage.core import keys, units

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


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
Row = TypeVar("Row", bound=Model)
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@cache
def _insert_once(engine: str, model: type[Row]) -> ReturningInsert[Any]:
    """Built once: building is half the price of asking."""
    table: Any = model.__table__
    asked: ReturningInsert[Any] = INSERT[engine](table).on_conflict_do_nothing().returning(table.c.id)
    return asked


def insert_once(model: type[Row], **values: Any) -> Row | None:
    """The new row, or None when a unique column holds that value already: one statement, no savepoint.

    What the database filled in by itself is read when it is asked for.
    """
    asked = _insert_once(db.engine.dialect.name, model)
    found = db.session.connection().execute(asked, values).scalar_one_or_none()
    return None if found is None else stored(model, id=found, **values)


def stored(model: type[Row], **values: Any) -> Row:
    """The object of a row that a statement has just written with these values."""
    row = model(**values)
    make_transient_to_detached(row)
    db.session.add(row)
    return row


def engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {}
    return {
        "isolation_level": "READ COMMITTED",
        "connect_args": {"options": "-c lock_timeout=3s -c timezone=UTC"},
    }


def init_app(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        units.prepare(db.engine)


@contextmanager
def writing_aside(*, alone: bool = False) -> Iterator[Connection]:
    """A short unit of its own, committed at its end whatever becomes of the request's unit.

    `alone`: it is one statement, which needs no words around it where the engine commits it by itself, and
    which a power cut may undo.
    """
    options = {"engage_writes": True, "engage_alone": alone}
    with db.engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection
