"""A whole database out to one file and back in, on each engine."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy import MetaData, make_url

from engage.core.config import Settings
from engage.core.db import db


def name(found: Settings) -> str:
    return make_url(found.sqlalchemy_url).get_backend_name()


def dump(found: Settings, target: Path) -> None:
    """What the database holds at one moment, while others write."""
    if name(found) == "sqlite":
        _copy_sqlite(found.data / "engage.db", target)
    else:
        _postgres(found, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(found: Settings, source: Path) -> None:
    """Replace everything by what `source` holds. Raises ClickException, untouched, when that is unfit."""
    if name(found) == "sqlite":
        _load_sqlite(found.data / "engage.db", source)
    else:
        _load_postgres(found, source)


def is_empty(found: Settings) -> bool:
    if name(found) == "sqlite":
        return not (found.data / "engage.db").exists()
    return not _tables().tables


def _tables() -> MetaData:
    found = MetaData()
    found.reflect(db.engine)
    return found


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")


def _load_sqlite(database: Path, source: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as found:
            faults = found.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as fault:
        faults = str(fault)
    if faults != "ok":
        raise click.ClickException(f"the database in this backup is damaged: {faults}")
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    source.replace(database)


def _load_postgres(found: Settings, source: Path) -> None:
    _postgres(found, "pg_restore", "--list", str(source), connect=False)
    held = _tables()
    with db.engine.begin() as connection:
        held.drop_all(connection)
    db.engine.dispose()
    _postgres(
        found, "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges",
        "--single-transaction", "--exit-on-error", str(source),
    )  # fmt: skip


def _postgres(found: Settings, program: str, *arguments: str, connect: bool = True) -> None:
    """Run one of PostgreSQL's own programs; `ps` does not show what the environment holds."""
    path = shutil.which(program)
    if path is None:
        raise click.ClickException(f"{program} is missing: install the client programs of PostgreSQL")
    url = make_url(found.sqlalchemy_url)
    environment = dict(os.environ)
    if url.password:
        environment["PGPASSWORD"] = str(url.password)
    # `set` takes None for "leave it", and would leave "***" where the password was.
    address = url.set(drivername="postgresql")._replace(password=None).render_as_string(hide_password=False)
    target = [f"--dbname={address}"] if connect else []
    done = subprocess.run(  # noqa: S603 (a program found by name, arguments of our own)
        [path, *target, *arguments], env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise click.ClickException(f"{program} failed: {last}")
