"""Where a group stands, which decisions brought it there, and which waits to be carried out."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.core.db import db
from engage.groups.autonomy.models import AutonomyMove
from engage.groups.autonomy.steps import may_follow
from engage.groups.deciding.models import Decision
from engage.groups.models import Autonomy, Group


def moves(group: Group) -> Sequence[AutonomyMove]:
    """Each step it took, the last one first."""
    rows = select(AutonomyMove).filter_by(group_id=group.id).options(joinedload(AutonomyMove.decision))
    return db.session.scalars(rows.order_by(AutonomyMove.at.desc(), AutonomyMove.id.desc())).all()


def adopted(group: Group) -> Sequence[Decision]:
    """Decisions about its autonomy that were adopted after its last step, and not carried out."""
    done = select(AutonomyMove.decision_id).where(AutonomyMove.group_id == group.id)
    last = select(AutonomyMove.at).where(AutonomyMove.group_id == group.id)
    rows = select(Decision).where(
        Decision.group_id == group.id,
        Decision.moves_autonomy != "",
        Decision.is_adopted.is_(True),
        Decision.closed_at.is_not(None),
        Decision.id.not_in(done),
    )
    latest = db.session.scalars(last.order_by(AutonomyMove.at.desc()).limit(1)).first()
    if latest is not None:
        rows = rows.where(Decision.closed_at > latest)
    return db.session.scalars(rows.order_by(Decision.closed_at.desc(), Decision.id.desc())).all()


def to_carry_out(group: Group) -> Decision | None:
    """The last of them, if the group can take that step from where it stands."""
    found = next(iter(adopted(group)), None)
    return found if found and may_follow(group.autonomy, Autonomy(found.moves_autonomy)) else None


def decision(group: Group, code: str) -> Decision:
    """A decision of this group. Aborts with 404."""
    rows = select(Decision).filter_by(group_id=group.id, code=code)
    return db.session.scalars(rows).one_or_none() or abort(404)
