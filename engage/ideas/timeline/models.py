"""Who takes care of an idea: the groups that took it up as one of their subjects."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Model
from engage.groups.models import Group


class IdeaGroup(Model):
    """A group works on this idea, and answers it in its own name."""

    __tablename__ = "idea_group"
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("users_group.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    taken_up_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None]
    group: Mapped[Group] = relationship()
