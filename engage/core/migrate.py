"""Brings a database to the shape the models have."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from engage.core.config import shipped
from engage.core.db import db


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(shipped("migrations")))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(target: str = "head") -> None:
    command.upgrade(config(), target)


def downgrade(target: str) -> None:
    command.downgrade(config(), target)


def head() -> str | None:
    return ScriptDirectory.from_config(config()).get_current_head()


def present() -> str | None:
    """The revision the database is at, None when it is empty."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current() -> bool:
    return present() == head()
