"""A centre set up for the first time: keys, database, what it starts with, and its first administrator."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from engage.app import feature_modules
from engage.centre.models import Centre, Referent
from engage.core import keys, migrate
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.core.heavy import load
from engage.ops import folder


def checked_zone(_context: object, _option: object, value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError) as fault:
        raise click.BadParameter(f"{value} is no time zone; one is Europe/Paris") from fault
    return value


def checked_mail(_context: object, _option: object, value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError as fault:
        raise click.BadParameter(str(fault)) from fault


def refuse_second(_context: object, _option: object, value: Path | None) -> Path | None:
    """Asked before any question: a centre is set up once."""
    found = folder.settings(value)
    if (found.data / "keys").is_file() and folder.has_database(found):
        with folder.app_of(found).app_context():
            try:
                is_there = migrate.present() is not None and db.session.scalars(select(Centre.id)).first()
            except SQLAlchemyError as fault:
                raise click.ClickException(
                    f"the database does not answer: {fault.__class__.__name__}"
                ) from fault
            finally:
                folder.let_go()
        if is_there:
            raise click.ClickException(f"{found.data} holds a centre already: nothing was changed")
    return value


def _app(found: Settings) -> Flask:
    """Keys are made only where there are none: an interrupted set-up goes on with those it made."""
    path = found.data / "keys"
    if not path.is_file():
        keys.save(keys.generate(), path)
    return folder.app_of(found)


def _facts(facts: dict[str, str]) -> None:
    db.session.add(
        Centre(
            name=facts["name"],
            address=facts["address"],
            phone=facts["phone"],
            zone=facts["zone"],
            updated_at=now(),
        )
    )
    db.session.add(
        Referent(first_name=facts["referent"], title=facts["referent_title"], phone=facts["referent_phone"])
    )


def fill_features() -> None:
    """What a new centre starts with: themes, sentences, words of distress. Features name it `fill`."""
    for module in feature_modules("commands"):
        fill = getattr(module, "fill", None)
        if fill:
            fill()


def _invite(found: Settings, name: str, mail: str) -> str:
    """Sends the one-time link when a mail server is set, else says it."""
    link = load("engage.accounts.joining.actions").invite_first_admin(name, mail, send=bool(found.smtp_host))
    return f"A link for {name} goes to {mail}." if found.smtp_host else f"{name} signs in once at {link}"


def run(found: Settings, **facts: str) -> list[str]:
    """What to tell the operator, line by line; nothing is left half-made but keys and an empty database."""
    found.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with folder.in_use(found.data, alone=True):
        app = _app(found)
        with app.app_context():
            migrate.upgrade()
            _facts(facts)
            fill_features()
            told = _invite(found, facts["admin"], facts["admin_mail"])
            db.session.commit()
            folder.let_go()
    return [
        f"{facts['name']} is set up in {found.data}.",
        told,
        f"Keep a copy of {found.data / 'keys'} elsewhere.",
    ]
