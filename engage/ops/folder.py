"""The site of one data folder: opened for one piece of work, and what stops a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from engage.app import create_app
from engage.core import keys, migrate
from engage.core.config import Settings
from engage.core.db import db


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
