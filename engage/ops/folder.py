"""The data folder of one centre: whose settings hold, who uses it now, and what stops a command."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from engage.app import create_app
from engage.core import keys, migrate
from engage.core.config import Settings
from engage.core.db import db

LOCK = "lock"


def settings(data: Path | None, **said: Any) -> Settings:
    """Those of the environment, where `data` and `said` come first. Raises ClickException, a line a fault."""
    if data is not None:
        said["data"] = data
    try:
        return Settings(**said)
    except ValidationError as fault:
        named = [("_".join(map(str, part["loc"])).upper(), part["msg"]) for part in fault.errors()]
        lines = [f"ENGAGE_{name}: {said}" for name, said in named]
        raise click.ClickException("\n".join(["these settings cannot be used:", *lines])) from fault


@contextmanager
def in_use(data: Path, *, alone: bool = False) -> Iterator[int]:
    """Meanwhile the folder is in use; `alone`, nobody else may serve or work from it.

    Yields the open lock, which goes when this process and every child of it is gone.
    """
    handle = os.open(data / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_NB | (fcntl.LOCK_EX if alone else fcntl.LOCK_SH))
        except BlockingIOError:
            raise click.ClickException(
                f"the site is running from {data}: stop it first"
                if alone
                else f"{data} is being restored, upgraded or rebuilt: try again when that is over"
            ) from None
        yield handle
    finally:
        os.close(handle)


def share(handle: int) -> None:
    """Whoever used the folder alone lets others read and write beside it from now on."""
    fcntl.flock(handle, fcntl.LOCK_SH)


def app_of(found: Settings) -> Flask:
    """The site of this folder, whatever the state of its database. Raises ClickException without keys."""
    try:
        return create_app(found)
    except keys.KeysMissing as fault:
        raise click.ClickException(str(fault)) from fault


def has_database(found: Settings) -> bool:
    """Whether there is one to open: opening an SQLite file that is not there would make it."""
    return bool(found.database_url) or (found.data / "engage.db").is_file()


@contextmanager
def inside(app: Flask) -> Iterator[None]:
    """The site for one piece of work; then every connection is closed: none may cross a fork."""
    with app.app_context():
        try:
            yield
        finally:
            let_go()


def let_go() -> None:
    db.session.remove()
    db.engine.dispose()


def open_centre(found: Settings) -> Flask:
    """The site, ready to serve. Raises ClickException when its database is not the one this version needs."""
    app = app_of(found)
    if not has_database(found):
        raise click.ClickException(f"no database in {found.data}: run `engage init`")
    with inside(app):
        try:
            present, wanted = migrate.present(), migrate.head()
        except SQLAlchemyError as fault:
            raise click.ClickException("the database does not answer") from fault
    if present != wanted:
        at = present or "empty"
        raise click.ClickException(f"the database is {at}, this version needs {wanted}: run `engage upgrade`")
    return app
