"""The rows behind "my day": the first of each kind of thing that waits, never all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all
from sqlalchemy.orm import defer, joinedload

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.commitments.models import Commitment
from engage.core.db import db
from engage.desk.queries import SOON_DAYS, late_commitments
from engage.ideas.models import Batch, Idea, Step, StepKind
from engage.ideas.moderation.listing import answered_by, to_answer, unread_distress, waiting
from engage.surveys.answering.models import Wave
from engage.surveys.answering.queries import unpublished

FIRST = 3


def ideas(person: Account) -> dict[str, list[tuple[Idea, int]]]:
    """The first ideas of each kind that waits, each with how many of its kind wait: one query for all."""
    kinds = (_distress(), _answers(person), _unread(), _replies())
    found = union_all(*(select(kind.subquery()) for kind in kinds)).subquery()
    rows = select(Idea, found.c.kind, found.c.number).join(found, found.c.id == Idea.id)
    rows = rows.options(joinedload(Idea.owner), defer(Idea.contact), defer(Idea.original))
    waits = defaultdict(list)
    for idea, kind, number in db.session.execute(rows.order_by(found.c.place)):
        waits[kind].append((idea, number))
    return waits


def _first(kind: str, most: int, order: Sequence[Any], *conditions: ColumnElement[bool]) -> Select[Any]:
    """The first `most` ideas in this order, which place each has, and how many there are."""
    place = func.row_number().over(order_by=order).label("place")
    rows = select(literal(kind).label("kind"), Idea.id, place, func.count().over().label("number"))
    return rows.where(*conditions).order_by(*order).limit(most)


def _distress() -> Select[Any]:
    return _first("distress", FIRST, (Idea.received_at, Idea.id), unread_distress())


def _unread() -> Select[Any]:
    """The idea that waits longest to be read."""
    return _first("unread", 1, (Idea.received_at, Idea.id), waiting(), ~unread_distress())


def _answers(person: Account) -> Select[Any]:
    """Answers that are late or due within three days; those of this person first, then the most urgent."""
    near = Idea.due_on <= centre_today() + timedelta(days=SOON_DAYS)
    mine = case((answered_by(person.id), 0), else_=1)
    return _first("answers", FIRST, (mine, Idea.due_on, Idea.id), to_answer(), near, ~waiting())


def _replies() -> Select[Any]:
    """The idea whose author answered first, and nobody has read it."""
    added = (StepKind.REPLY, StepKind.PRECISION)
    said = select(Step.idea_id, func.min(Step.at).label("at")).where(
        Step.kind.in_(added), Step.read_at.is_(None)
    )
    first = said.group_by(Step.idea_id).subquery()
    return _first("replies", 1, (first.c.at, Idea.id)).join(first, first.c.idea_id == Idea.id)


def commitment() -> tuple[Commitment, int] | None:
    rows = select(Commitment, func.count().over()).where(late_commitments())
    row = db.session.execute(rows.order_by(Commitment.due_on, Commitment.id).limit(1)).first()
    return (row[0], row[1]) if row else None


def batch() -> Batch | None:
    rows = select(Batch).where(Batch.closed_at.is_(None)).order_by(Batch.opened_on, Batch.id)
    return db.session.scalars(rows.limit(1)).first()


def wave() -> tuple[Wave, int] | None:
    """The wave that waits longest for its results to be published, and how many wait."""
    rows = select(Wave, func.count().over()).where(unpublished())
    row = db.session.execute(rows.order_by(Wave.closes_at, Wave.code).limit(1)).first()
    return (row[0], row[1]) if row else None
