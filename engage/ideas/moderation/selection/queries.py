"""The ideas somebody ticked, and what may be done to several at once."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select

from engage.core.db import db
from engage.ideas.models import Idea


class Deed(StrEnum):
    PUBLISH = "publish"
    KEEP_TO_TEAM = "keep_to_team"
    REFUSE = "refuse"
    THEME = "theme"
    OWNER = "owner"


def to_change(codes: Sequence[str]) -> Sequence[Idea]:
    """These ideas as they are now, held in one order for all until this unit ends."""
    rows = select(Idea).where(Idea.code.in_(codes)).order_by(Idea.id).with_for_update()
    return db.session.scalars(rows, execution_options={"populate_existing": True}).all()
