"""What must be right for the site to keep its promises: one line each."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import click
from cryptography.fernet import InvalidToken
from sqlalchemy import select

from engage.core import health, limits
from engage.core.clock import now
from engage.core.config import DEFAULT_LIMITS, Settings
from engage.core.db import db
from engage.ops import backup, folder, held
from engage.ops.rotate import encrypted_columns
from engage.outbox import post, texting

FREE_BYTES = 500_000_000


class Line(NamedTuple):
    """One thing checked."""

    what: str
    is_well: bool
    said: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.is_well else 'FAIL'}  {self.what:<9} {self.said}"


def check_settings(found: Settings) -> Line:
    try:
        for name in DEFAULT_LIMITS | found.limits:
            limits.parsed(found.limit(name))
    except (ValueError, KeyError) as fault:
        return Line("settings", False, str(fault))
    return Line("settings", True, f"{found.base_url}, data in {found.data}")


def check_keys(found: Settings) -> Line:
    path = found.data / "keys"
    if not path.is_file():
        return Line("keys", False, f"no file {path}")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Line("keys", False, f"{path} can be read by others (mode {mode:o}): chmod 600")
    return Line("keys", True, f"{path}, read by its owner only")


def check_database(_found: Settings) -> Line:
    state = health.database()
    said = {
        "ok": f"at {state['revision']}",
        "behind": f"at {state['revision'] or 'nothing'}, needs {state['head']}: run `engage upgrade`",
        "down": "does not answer",
    }
    return Line("database", state["state"] == "ok", said[str(state["state"])])


def check_secrets(_found: Settings) -> Line:
    """One value of each encrypted column: a restored database may belong to other keys."""
    for table, columns in encrypted_columns().items():
        for column in columns:
            try:
                db.session.execute(select(column).where(column.is_not(None)).limit(1)).first()
            except InvalidToken:
                return Line("secrets", False, f"these keys do not open {table.name}.{column.name}")
    return Line("secrets", True, "these keys open what is encrypted")


def check_mail(found: Settings) -> Line:
    fault = post.problem(found)
    return Line("mail", not fault, fault or f"{found.smtp_host}:{found.smtp_port} answers")


def check_sms(found: Settings) -> Line:
    fault = texting.problem(found)
    without = "no gateway (ENGAGE_SMS_COMMAND): the team calls instead"
    return Line("sms", not fault, fault or (found.sms_command and f"through {found.sms_command}") or without)


def check_disk(found: Settings) -> Line:
    free = shutil.disk_usage(found.data).free
    return Line("disk", free >= FREE_BYTES, f"{free / 1e9:.1f} GB free")


def check_backup(found: Settings) -> Line:
    at = backup.last()
    if at is None:
        return Line("backup", False, "none was ever made: run `engage backup FILE.tar.gz`")
    age = now() - at
    hours = age / timedelta(hours=1)
    return Line("backup", hours <= found.backup_max_age_hours, f"{hours:.0f} hours old")


ALWAYS: list[Callable[[Settings], Line]] = [check_mail, check_sms, check_disk]
WITH_DATABASE: list[Callable[[Settings], Line]] = [check_secrets, check_backup]


def _inside(found: Settings) -> list[Line]:
    """What needs the database; when that is not well, nothing else is asked of it."""
    with folder.inside(folder.app_of(found)):
        first = check_database(found)
        rest = [check(found) for check in WITH_DATABASE] if first.is_well else []
    return [first, *rest]


def run(data: Path | None) -> tuple[list[str], bool]:
    """The lines to print, and whether all is well."""
    try:
        found = held.settings(data)
    except click.ClickException as fault:
        return [str(Line("settings", False, fault.message))], False
    lines = [check_settings(found), check_keys(found)]
    if not found.data.is_dir():
        return [str(line) for line in lines], False
    if (found.data / "keys").is_file() and folder.has_database(found):
        lines += _inside(found)
    else:
        lines.append(Line("database", False, "not looked at: keys or database are missing"))
    lines += [check(found) for check in ALWAYS]
    return [str(line) for line in lines], all(line.is_well for line in lines)
