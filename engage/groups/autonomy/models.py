"""Each step of a group towards deciding by itself, or back, with the decision that made it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Model
from engage.groups.deciding.models import Decision
from engage.groups.models import Autonomy


class AutonomyMove(Model):
    """One decision of the group moves it once, to `step`."""

    __tablename__ = "autonomy_move"
    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("users_group.id", ondelete="CASCADE"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"), unique=True)
    step: Mapped[Autonomy]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decision: Mapped[Decision] = relationship()
