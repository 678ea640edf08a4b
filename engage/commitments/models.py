"""What the centre promised to do, its steps with dates, and each change told in public."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Model
from engage.core.keys import public_code
from engage.groups.models import Group
from engage.themes.models import Theme


class Rung(StrEnum):
    """How deep people are involved: information, consultation, co-construction, co-décision."""

    INFORMATION = "information"
    CONSULTATION = "consultation"
    COLLABORATION = "collaboration"
    PARTNERSHIP = "partnership"


class State(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    ABANDONED = "abandoned"


class Commitment(Model):
    """ "We commit to …"; `reason` says why one was abandoned, `group` whose it is if not ours alone."""

    __tablename__ = "commitment"
    __table_args__ = (CheckConstraint("state <> 'abandoned' OR reason <> ''", name="abandoned_with_reason"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    title: Mapped[str]
    said: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("users_group.id", ondelete="SET NULL"), index=True
    )
    due_on: Mapped[date]
    rung: Mapped[Rung]
    state: Mapped[State] = mapped_column(default=State.PLANNED)
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    reminded_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    theme: Mapped[Theme | None] = relationship()
    owner: Mapped[Account | None] = relationship()
    group: Mapped[Group | None] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_open(self) -> bool:
        return self.state in {State.PLANNED, State.UNDER_WAY}


class CommitmentStep(Model):
    """One thing to do on the way, with its own date."""

    __tablename__ = "commitment_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]


class CommitmentChange(Model):
    """A change of state: who, when, and the words people read."""

    __tablename__ = "commitment_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    by_role: Mapped[str] = mapped_column(default="")
    state: Mapped[State]
    words: Mapped[str] = mapped_column(default="")
