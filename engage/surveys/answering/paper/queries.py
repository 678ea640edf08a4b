"""Which paper sheets were typed."""

from __future__ import annotations

from sqlalchemy import func, select

from engage.core.db import db
from engage.surveys.answering.models import Sheet, Wave


def sheet(wave: Wave, number: int) -> Sheet | None:
    """Held until the end of the unit: two people may type the same sheet."""
    rows = select(Sheet).filter_by(wave_id=wave.id, number=number)
    return db.session.scalars(rows.with_for_update()).one_or_none()


def next_number(wave: Wave) -> int:
    """One after the highest number typed so far."""
    highest = select(func.max(Sheet.number)).filter_by(wave_id=wave.id)
    return (db.session.scalars(highest).one() or 0) + 1
