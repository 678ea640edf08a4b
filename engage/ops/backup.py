"""Everything of a centre but its keys in one file, and back."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from sqlalchemy import func, select

from engage.app import create_app
from engage.core import keys, migrate
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.journal import actions as journal
from engage.journal.models import Entry
from engage.ops import archive, engines, folder, held

VERB = "backed up"
ENDING = ".tar.gz"


def last() -> Any:
    """When the last backup was made, None when none was."""
    return db.session.scalar(select(func.max(Entry.at)).filter_by(verb=VERB))


def write(found: Settings, target: Path) -> str:
    """What was written, in a sentence. Files come before and after the database: none it names is missing."""
    if not target.name.endswith(ENDING):
        raise click.ClickException(f"a backup is a file that ends in {ENDING}")
    if not target.absolute().parent.is_dir():
        raise click.ClickException(f"there is no folder {target.absolute().parent}")
    app = folder.open_centre(found)
    held: set[str] = set()
    with (
        folder.inside(app),
        TemporaryDirectory(dir=target.absolute().parent, prefix=".engage-backup-") as place,
    ):
        database = Path(place) / archive.DATABASES[engines.name(found)]
        with archive.written(target) as made:
            archive.add_manifest(made, _facts(found))
            archive.add_files(made, found.files, held)
            engines.dump(found, database)
            made.add(database, database.name)
            archive.add_files(made, found.files, held)
        journal.record(VERB, "database", "", by=None)
        db.session.commit()
    return (
        f"{target}: the database and {len(held)} files, without the keys.\n"
        f"Keep a copy of {found.data / 'keys'} elsewhere: without it, the contact details here stay shut."
    )


def _facts(found: Settings) -> dict[str, Any]:
    return {
        "engage": version("engage"),
        "revision": migrate.head(),
        "engine": engines.name(found),
        "made_at": now().isoformat(),
    }


def restore(found: Settings, source: Path, *, force: bool) -> list[str]:
    """What was put back, line by line. Raises ClickException where something stands, unless `force`."""
    found.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = found.data / "keys"
    # Migrations open nothing encrypted: a centre whose keys are not back yet is restored all the same.
    app = create_app(found, keys.load(path) if path.is_file() else keys.generate())
    with held.in_use(found.data, alone=True), folder.inside(app):
        _refuse_overwriting(found, force=force)
        with TemporaryDirectory(dir=found.data, prefix=".restore-") as place:
            facts = archive.unpack(source, Path(place))
            _put_back(found, Path(place), facts)
        folder.let_go()
        migrate.upgrade()
    lines = [f"The state of {facts['made_at']} is back in {found.data}."]
    if not path.is_file():
        lines.append(f"A backup holds no keys: put those of this centre back as {path}.")
    return lines


def _refuse_overwriting(found: Settings, *, force: bool) -> None:
    has_files = found.files.is_dir() and any(found.files.iterdir())
    if not force and (has_files or not engines.is_empty(found)):
        raise click.ClickException(f"{found.data} holds a centre: say --force to put the backup in its place")
    folder.let_go()


def _put_back(found: Settings, place: Path, facts: dict[str, Any]) -> None:
    engine = engines.name(found)
    if facts["engine"] != engine:
        raise click.ClickException(f"this backup is of {facts['engine']}, the settings name {engine}")
    engines.load(found, place / archive.DATABASES[engine])
    if found.files.exists():
        found.files.rename(place / "files-before")
    if (place / archive.FILES).is_dir():
        (place / archive.FILES).rename(found.files)
