"""Keeping a file and erasing it: the file is on disk before its row is, and goes after it."""

from __future__ import annotations

import os
from pathlib import Path

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.uploads.documents import CheckedPdf
from engage.uploads.models import Upload
from engage.uploads.pictures import CheckedPhoto
from engage.uploads.sounds import CheckedSound

GONE = "engage_files_gone"
PART = ".part"


def folder() -> Path:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings.files


def keep(file: CheckedPhoto | CheckedSound | CheckedPdf, *, alt: str = "") -> Upload:
    """Write the file to the folder of files, and its row into the caller's transaction."""
    upload = Upload(
        media_type=file.media_type,
        size=len(file.data),
        width=file.width,
        height=file.height,
        alt=alt,
        created_at=now(),
    )
    db.session.add(upload)
    db.session.flush()
    _write(folder() / upload.name, file.data)
    return upload


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing, and on disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(PART)
    with fresh.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    parent = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(parent)
    finally:
        os.close(parent)


def erase(upload: Upload) -> None:
    """Erase the row with the caller's transaction, and the file once that is committed."""
    session = db.session()
    session.info.setdefault(GONE, []).append(folder() / upload.name)
    session.delete(upload)


def _committed(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for path in session.info.pop(GONE, ()):
        path.unlink(missing_ok=True)


def _rolled_back(session: Session) -> None:
    session.info.pop(GONE, None)


event.listen(Session, "after_commit", _committed)
event.listen(Session, "after_rollback", _rolled_back)
