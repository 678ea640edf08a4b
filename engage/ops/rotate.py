"""A new key for everything encrypted; the old ones are forgotten when nothing needs them any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click
from cryptography.fernet import InvalidToken, MultiFernet
from sqlalchemy import Column, Row, Table, Text, literal, select, tuple_, type_coerce, update

from engage.core import keys
from engage.core.config import Settings
from engage.core.db import Encrypted, Model, db, writing_aside
from engage.ops import folder, held

BATCH = 500


def encrypted_columns() -> dict[Table, list[Column[Any]]]:
    tables = Model.metadata.sorted_tables
    found = {table: [column for column in table.c if isinstance(column.type, Encrypted)] for table in tables}
    return {table: columns for table, columns in found.items() if columns}


def _batch(table: Table, columns: list[Column[Any]], after: Sequence[Any] | None) -> Sequence[Row[Any]]:
    """The next rows by primary key, their tokens as they stand."""
    key = list(table.primary_key)
    tokens = [type_coerce(column, Text).label(f"token_{column.name}") for column in columns]
    rows = select(*key, *tokens).order_by(*key).limit(BATCH)
    if after is not None:
        there = [literal(part, column.type) for part, column in zip(after, key, strict=True)]
        rows = rows.where(tuple_(*key) > tuple_(*there))
    return db.session.execute(rows).all()


def _renew(table: Table, columns: list[Column[Any]], rows: Sequence[Row[Any]], fernet: MultiFernet) -> int:
    """One transaction; how many values were encrypted again."""
    key = list(table.primary_key)
    done = 0
    with writing_aside() as connection:
        for row in rows:
            held = {column: row[len(key) + place] for place, column in enumerate(columns)}
            fresh = {c: literal(fernet.rotate(t).decode(), Text()) for c, t in held.items() if t is not None}
            if fresh:
                here = [column == part for column, part in zip(key, row, strict=False)]
                connection.execute(update(table).where(*here).values(fresh))
                done += len(fresh)
    return done


def _table(table: Table, columns: list[Column[Any]], fernet: MultiFernet) -> int:
    done, after = 0, None
    while rows := _batch(table, columns, after):
        db.session.rollback()
        try:
            done += _renew(table, columns, rows, fernet)
        except InvalidToken as fault:
            raise click.ClickException(f"{table.name} holds a value that none of these keys opens") from fault
        after = tuple(rows[-1][: len(list(table.primary_key))])
    return done


def run(found: Settings) -> str:
    """What was done. Until its end both keys are in the file, so an interruption loses nothing."""
    path = found.data / "keys"
    app = folder.open_centre(found)
    with held.in_use(found.data, alone=True), folder.inside(app):
        both = keys.rotated(keys.load(path))
        keys.save(both, path)
        done = sum(_table(table, columns, both.fernet) for table, columns in encrypted_columns().items())
        keys.save(replace(both, encryption=both.encryption[:1]), path)
    return f"{done} values are encrypted with a new key; the old ones are gone. Copy {path} to a safe place."
