"""Brings a database to the shape the models have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from engage.core.config import shipped
from engage.core.db import db
from engage.core.heavy import load

if TYPE_CHECKING:
    from alembic.config import Config


def config() -> Config:
    made: Config = load("alembic.config").Config()
    made.set_main_option("script_location", str(shipped("migrations")))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(target: str = "head") -> None:
    load("alembic.command").upgrade(config(), target)


def downgrade(target: str) -> None:
    load("alembic.command").downgrade(config(), target)


def head() -> str:
    """The revision that the models need: files are named by their revision, in order."""
    return max(path.name.split("_")[0] for path in (shipped("migrations") / "versions").glob("*.py"))


def present() -> str | None:
    """The revision the database is at, None when it is empty."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def is_current() -> bool:
    return present() == head()
