"""The rows behind "my day": the first of each kind of thing that waits, never all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.commitments.models import Commitment
from engage.core.db import db
from engage.desk.queries import SOON_DAYS, late_commitments
from engage.ideas.models import Batch, Idea, Step, StepKind
from engage.ideas.moderation.listing import to_answer, unread_distress, waiting

FIRST = 3


def distress() -> Sequence[Idea]:
    rows = select(Idea).where(unread_distress()).order_by(Idea.received_at, Idea.id)
    return db.session.scalars(rows.limit(FIRST)).all()


def unread() -> tuple[Idea, int] | None:
    """The idea that waits longest to be read, and how many wait."""
    rows = select(Idea, func.count().over()).where(waiting(), ~unread_distress())
    row = db.session.execute(rows.order_by(Idea.received_at, Idea.id).limit(1)).first()
    return (row[0], row[1]) if row else None


def answers(person: Account) -> Sequence[Idea]:
    """Answers that are late or due within three days; those of this person first, then the most urgent."""
    due = Idea.due_on <= centre_today() + timedelta(days=SOON_DAYS)
    mine = case((Idea.owner_id == person.id, 0), else_=1)
    rows = select(Idea).where(to_answer(), due, ~waiting()).options(joinedload(Idea.owner))
    return db.session.scalars(rows.order_by(mine, Idea.due_on, Idea.id).limit(FIRST)).all()


def replies() -> tuple[Idea, int] | None:
    """The idea whose author answered first, unread, and how many ideas have such words."""
    added = (StepKind.REPLY, StepKind.PRECISION)
    unread_steps = select(Step.idea_id, func.min(Step.at).label("at")).where(
        Step.kind.in_(added), Step.read_at.is_(None)
    )
    first = unread_steps.group_by(Step.idea_id).subquery()
    rows = select(Idea, func.count().over()).join(first, first.c.idea_id == Idea.id)
    row = db.session.execute(rows.order_by(first.c.at).limit(1)).first()
    return (row[0], row[1]) if row else None


def commitment() -> tuple[Commitment, int] | None:
    rows = select(Commitment, func.count().over()).where(late_commitments())
    row = db.session.execute(rows.order_by(Commitment.due_on, Commitment.id).limit(1)).first()
    return (row[0], row[1]) if row else None


def batch() -> Batch | None:
    rows = select(Batch).where(Batch.closed_at.is_(None)).order_by(Batch.opened_on, Batch.id)
    return db.session.scalars(rows.limit(1)).first()
