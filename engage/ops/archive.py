"""The one archive of a backup: what may stand in it, how it is written and how it is read."""

from __future__ import annotations

import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

MANIFEST = "engage.json"
FORMAT = 1
DATABASES = {"sqlite": "engage.db", "postgresql": "database.dump"}
FILES = "files"
BROKEN = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError)


@contextmanager
def written(target: Path) -> Iterator[tarfile.TarFile]:
    """The archive to fill; it takes the place of `target` only when it is whole and on disk."""
    fresh = target.with_name(f"{target.name}.new")
    handle = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def add_manifest(archive: tarfile.TarFile, facts: dict[str, Any]) -> None:
    text = json.dumps({"format": FORMAT, **facts}, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size, entry.mode = len(text), 0o600
    archive.addfile(entry, io.BytesIO(text))


def add_files(archive: tarfile.TarFile, files: Path, held: set[str]) -> None:
    """Those of the folder that are not `held` yet; one that is erased meanwhile is left out."""
    for path in sorted(files.rglob("*")) if files.is_dir() else []:
        name = path.relative_to(files).as_posix()
        if path.is_file() and not path.is_symlink() and name not in held:
            held.add(name)
            try:
                archive.add(path, f"{FILES}/{name}", recursive=False)
            except FileNotFoundError:
                continue


def _is_ours(member: tarfile.TarInfo) -> bool:
    """A plain file with a name that a backup gives: never a link, never a path that leads out."""
    parts = Path(member.name).parts
    known = member.name == MANIFEST or member.name in DATABASES.values()
    inside = len(parts) > 1 and parts[0] == FILES and ".." not in parts
    return member.isreg() and (known or inside)


def _one(archive: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> None:
    if not _is_ours(member):
        raise click.ClickException(f"this is no backup of ours: it holds {member.name!r}")
    if member.size > shutil.disk_usage(place).free:
        raise click.ClickException("there is not enough room on the disk to unpack this backup")
    target = place / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    source = archive.extractfile(member)
    if source is None:
        raise ValueError(member.name)
    with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        shutil.copyfileobj(source, file)


def unpack(source: Path, place: Path) -> dict[str, Any]:
    """Into the empty folder `place`; what the manifest says. Raises ClickException for what is no backup."""
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            for member in archive:
                _one(archive, member, place)
        facts: dict[str, Any] = json.loads((place / MANIFEST).read_text())
        known = facts["format"] == FORMAT and facts["engine"] in DATABASES
        if not known or not (place / DATABASES[facts["engine"]]).is_file():
            raise ValueError("its manifest and its content disagree")
    except BROKEN as fault:
        raise click.ClickException(f"{source} cannot be read as a backup: {fault}") from fault
    except KeyError as fault:
        raise click.ClickException(f"{source} cannot be read as a backup: no {fault} in it") from fault
    return facts
