"""What was said and decided in a meeting: written, corrected for seven days, approved, then frozen."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Encrypted, Model
from engage.core.guards import listen
from engage.core.keys import public_code
from engage.groups.meeting.models import Meeting
from engage.groups.minutes import guards


class MinutesState(StrEnum):
    DRAFT = "draft"
    SHARED = "shared"
    APPROVED = "approved"


class Minutes(Model):
    """Three lines or in full: `heard` and `decided` are enough. `public_words` is what others may read.

    `version` tells two writers apart. Members correct until `correct_until`; approved minutes are frozen.
    """

    __tablename__ = "minutes"
    __table_args__ = (CheckConstraint("(state = 'approved') = (approved_at IS NOT NULL)", name="approved"),)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="RESTRICT"), primary_key=True)
    version: Mapped[int] = mapped_column()
    state: Mapped[MinutesState] = mapped_column(default=MinutesState.DRAFT)
    heard: Mapped[str] = mapped_column(Encrypted, default="")
    decided: Mapped[str] = mapped_column(Encrypted, default="")
    in_full: Mapped[str] = mapped_column(Encrypted, default="")
    public_words: Mapped[str] = mapped_column(default="")
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    correct_until: Mapped[date | None]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    published_at: Mapped[datetime | None]
    meeting: Mapped[Meeting] = relationship()
    written_by: Mapped[Account | None] = relationship(foreign_keys=written_by_id)
    __mapper_args__ = {"version_id_col": version}


class Correction(Model):
    """What a member would have said otherwise, and what became of it."""

    __tablename__ = "minutes_correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("minutes.meeting_id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(Encrypted)
    at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Encrypted)
    is_taken: Mapped[bool | None]
    answered_at: Mapped[datetime | None]
    account: Mapped[Account | None] = relationship()


class Task(Model):
    """Somebody does something until a day."""

    __tablename__ = "group_task"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    group_id: Mapped[int] = mapped_column(ForeignKey("users_group.id", ondelete="CASCADE"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", ondelete="SET NULL"), index=True)
    text: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    due_on: Mapped[date | None]
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    owner: Mapped[Account | None] = relationship()


SQLITE_GUARDS, POSTGRES_GUARDS = guards.SQLITE, guards.POSTGRESQL
listen(Minutes.__table__, sqlite=SQLITE_GUARDS, postgresql=POSTGRES_GUARDS)
