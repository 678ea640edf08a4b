"""A centre set up for the first time: keys, database, what it starts with, and its first administrator."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from engage.accounts.joining import actions as joining
from engage.centre.models import Centre, Referent
from engage.core import keys, migrate, render
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.ideas.moderation import actions as moderation
from engage.intake import actions as intake
from engage.ops import folder, held
from engage.pages.starter import actions as starter
from engage.themes import actions as themes


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
    found = held.settings(value)
    if (found.data / "keys").is_file() and folder.has_database(found) and _is_there(found):
        raise click.ClickException(f"{found.data} holds a centre already: nothing was changed")
    return value


def _is_there(found: Settings) -> bool:
    with folder.inside(folder.app_of(found)):
        try:
            return migrate.present() is not None and db.session.scalars(select(Centre.id)).first() is not None
        except SQLAlchemyError as fault:
            raise click.ClickException("the database does not answer") from fault


def _app(found: Settings) -> Flask:
    """Keys are made only where there are none: an interrupted set-up goes on with those it made."""
    path = found.data / "keys"
    if not path.is_file():
        keys.save(keys.generate(), path)
    return folder.app_of(found)


def _facts(facts: dict[str, str]) -> None:
    own = {name: facts[name] for name in ("name", "address", "phone", "zone")}
    db.session.add(Centre(**own, updated_at=now()))
    person = {"first_name": facts["referent"], "title": facts["referent_title"]}
    db.session.add(Referent(**person, phone=facts["referent_phone"]))


def fill() -> None:
    """What every new centre starts with; the team may change all of it later."""
    themes.fill()
    intake.fill_distress_phrases()
    moderation.fill_refusals()
    db.session.flush()
    starter.install()


def _invite(found: Settings, name: str, mail: str) -> str:
    """Sends the one-time link when a mail server is set, else says it."""
    link = joining.invite_first_admin(name, mail, send=bool(found.smtp_host))
    if found.smtp_host:
        return f"The worker sends {name} a link to sign in, at {mail}."
    return f"Give {name} this link, which works once: {link}"


def run(found: Settings, **facts: str) -> list[str]:
    """What to tell the operator, line by line; nothing is left half-made but keys and an empty database."""
    found.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    app = _app(found)
    render.precompile(app)
    with held.in_use(found.data, alone=True), folder.inside(app):
        migrate.upgrade()
        _facts(facts)
        fill()
        told = _invite(found, facts["admin"], facts["admin_mail"])
        db.session.commit()
    kept = f"Keep a copy of {found.data / 'keys'} elsewhere."
    return [f"{facts['name']} is set up in {found.data}.", told, kept]
