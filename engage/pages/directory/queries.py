"""Who is in the directory, what answers a need, and what was checked too long ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask import abort
from sqlalchemy import select

from engage.centre.queries import centre_today
from engage.core.cache import remember
from engage.core.db import db
from engage.core.words import fold
from engage.pages.directory import contact
from engage.pages.directory.models import Entry, EntryKind
from engage.pages.directory.words import ORDER

KEPT_SECONDS = 15
FRESH_DAYS = 365


def shown() -> Sequence[Entry]:
    """What everyone sees: emergencies first, then kind by kind, the nearest first (read only)."""
    return remember("directory", _shown, seconds=KEPT_SECONDS)


def _shown() -> Sequence[Entry]:
    rows = db.session.scalars(select(Entry).where(Entry.withdrawn_at.is_(None))).all()
    for row in rows:
        db.session.expunge(row)
    return sorted(rows, key=_place)


def _place(entry: Entry) -> tuple[int, float, str]:
    """Emergencies by their number: 15 before 3114."""
    far = 0.0 if entry.distance_km is None else entry.distance_km
    if entry.kind is EntryKind.EMERGENCY:
        far = float("".join(filter(str.isdecimal, entry.phone)) or 0)
    return ORDER[entry.kind], far, fold(entry.name)


def emergency() -> Sequence[Entry]:
    """What is shown before all else, whatever somebody looks for (read only)."""
    return [entry for entry in shown() if entry.kind is EntryKind.EMERGENCY]


def get(code: str) -> Entry:
    """An entry that everyone sees; 404."""
    found = db.session.scalars(select(Entry).filter_by(code=code, withdrawn_at=None)).one_or_none()
    return found or abort(404)


def for_team(code: str) -> Entry:
    """An entry, withdrawn or not; 404."""
    return db.session.scalars(select(Entry).filter_by(code=code)).one_or_none() or abort(404)


def everything() -> Sequence[Entry]:
    """For the desk: what was never checked or longest ago first, what was withdrawn last."""
    rows = db.session.scalars(select(Entry).order_by(Entry.id)).all()
    return sorted(
        rows, key=lambda row: (row.withdrawn_at is not None, row.checked_on or date.min, _place(row))
    )


def named(name: str) -> Entry | None:
    """The entry of this name that everyone sees."""
    held = db.session.scalars(select(Entry).where(Entry.withdrawn_at.is_(None))).all()
    return next((entry for entry in held if fold(entry.name) == fold(name)), None)


def withdrawn_before(moment: object) -> Sequence[Entry]:
    return db.session.scalars(select(Entry).where(Entry.withdrawn_at < moment)).all()


def is_stale(entry: Entry) -> bool:
    """Whether it was checked too long ago, or never; a national number is what it is, here as elsewhere."""
    if contact.is_national(entry.phone):
        return False
    return entry.checked_on is None or entry.checked_on < centre_today() - timedelta(days=FRESH_DAYS)
