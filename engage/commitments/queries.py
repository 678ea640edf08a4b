"""Commitments as the team and the public see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.commitments.models import Commitment, CommitmentChange, CommitmentStep, State
from engage.core.db import db
from engage.groups.models import Group

OPEN = (State.PLANNED, State.UNDER_WAY)


def get(code: str) -> Commitment:
    """Every commitment is public. Aborts with 404."""
    rows = select(Commitment).where(Commitment.code == code)
    found = db.session.scalars(
        rows.options(joinedload(Commitment.theme), joinedload(Commitment.owner), joinedload(Commitment.group))
    ).one_or_none()
    return found or abort(404)


def everything(state: State | None = None) -> Sequence[Commitment]:
    """For the desk: open ones first, the nearest date on top."""
    rows = select(Commitment).options(joinedload(Commitment.owner), joinedload(Commitment.theme))
    if state:
        rows = rows.where(Commitment.state == state)
    return db.session.scalars(
        rows.order_by(Commitment.finished_at.is_not(None), Commitment.due_on, Commitment.id).limit(500)
    ).all()


def due_soon(today: date, days: int) -> Sequence[Commitment]:
    """Open commitments due within `days` days, or late; nearest first."""
    rows = select(Commitment).where(
        Commitment.state.in_(OPEN), Commitment.due_on <= today + timedelta(days=days)
    )
    return db.session.scalars(
        rows.options(joinedload(Commitment.owner)).order_by(Commitment.due_on).limit(50)
    ).all()


def of_group(group: Group) -> Sequence[Commitment]:
    """What this group committed to: open ones first, the nearest date on top."""
    rows = select(Commitment).where(Commitment.group_id == group.id)
    ordered = rows.order_by(Commitment.finished_at.is_not(None), Commitment.due_on, Commitment.id)
    return db.session.scalars(ordered.limit(100)).all()


def steps(commitment: Commitment) -> Sequence[CommitmentStep]:
    rows = select(CommitmentStep).filter_by(commitment_id=commitment.id)
    return db.session.scalars(rows.order_by(CommitmentStep.position, CommitmentStep.id)).all()


def step(commitment: Commitment, step_id: int) -> CommitmentStep:
    """Aborts with 404."""
    rows = select(CommitmentStep).filter_by(commitment_id=commitment.id, id=step_id)
    return db.session.scalars(rows).one_or_none() or abort(404)


def changes(commitment: Commitment) -> Sequence[CommitmentChange]:
    rows = select(CommitmentChange).filter_by(commitment_id=commitment.id)
    return db.session.scalars(rows.order_by(CommitmentChange.at, CommitmentChange.id)).all()
