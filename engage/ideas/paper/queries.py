"""Paper boxes: what was counted, what is typed, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import Row, ScalarSelect, func, select

from engage.core.db import db
from engage.ideas.models import Batch, Discard, Idea

PAGE = 20


@dataclass(frozen=True)
class Box:
    """A batch and how far it is: every slip of it ends up entered or discarded."""

    batch: Batch
    entered: int
    discarded: int

    @property
    def done(self) -> int:
        return self.entered + self.discarded

    @property
    def left(self) -> int:
        return max(0, self.batch.slips - self.done)

    @property
    def is_open(self) -> bool:
        return self.batch.closed_at is None

    @property
    def next_slip(self) -> int:
        """The number of the slip in hand."""
        return self.done + 1


@dataclass(frozen=True)
class Shelf:
    """One page of closed boxes, the last first."""

    boxes: Sequence[Box]
    number: int
    pages: int


def _entered() -> ScalarSelect[int]:
    rows = select(func.count(Idea.id)).where(Idea.batch_id == Batch.id)
    return rows.correlate(Batch).scalar_subquery()


def _discarded() -> ScalarSelect[int]:
    rows = select(func.count(Discard.id)).where(Discard.batch_id == Batch.id)
    return rows.correlate(Batch).scalar_subquery()


def _box(row: Row[Batch, int, int]) -> Box:
    return Box(row[0], row[1], row[2])


def get(code: str) -> Box:
    """Aborts with 404."""
    row = db.session.execute(select(Batch, _entered(), _discarded()).where(Batch.code == code)).one_or_none()
    return _box(row) if row else abort(404)


def to_change(code: str) -> Batch:
    """The batch, held until this unit ends: nobody else changes it meanwhile. Aborts with 404."""
    found = select(Batch).where(Batch.code == code).with_for_update()
    return db.session.scalars(found, execution_options={"populate_existing": True}).one_or_none() or abort(
        404
    )


def by_code(code: str) -> Batch | None:
    return db.session.scalars(select(Batch).filter_by(code=code)).one_or_none()


def open_batches() -> list[Box]:
    """The boxes that are being typed in, the oldest first."""
    rows = select(Batch, _entered(), _discarded()).where(Batch.closed_at.is_(None))
    return [_box(row) for row in db.session.execute(rows.order_by(Batch.opened_on, Batch.id))]


def closed_batches(number: int) -> Shelf:
    """The page `number` (from 1; the last one when there are fewer)."""
    total = db.session.scalar(select(func.count(Batch.id)).where(Batch.closed_at.is_not(None))) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    rows = select(Batch, _entered(), _discarded()).where(Batch.closed_at.is_not(None))
    rows = rows.order_by(Batch.opened_on.desc(), Batch.id.desc()).limit(PAGE).offset((number - 1) * PAGE)
    return Shelf([_box(row) for row in db.session.execute(rows)], number, pages)


def ideas(batch: Batch) -> Sequence[Idea]:
    """What was typed from its slips, in that order."""
    return db.session.scalars(select(Idea).filter_by(batch_id=batch.id).order_by(Idea.id)).all()


def discards(batch: Batch) -> Sequence[Discard]:
    return db.session.scalars(select(Discard).filter_by(batch_id=batch.id).order_by(Discard.id)).all()


def discard(batch: Batch, discard_id: int) -> Discard:
    """A slip of this box that was not entered. Aborts with 404."""
    found = select(Discard).where(Discard.id == discard_id, Discard.batch_id == batch.id)
    return db.session.scalars(found).one_or_none() or abort(404)


def is_discarded(submission_key: str) -> bool:
    """Whether this form was sent before."""
    return db.session.scalar(select(Discard.id).filter_by(submission_key=submission_key)) is not None
