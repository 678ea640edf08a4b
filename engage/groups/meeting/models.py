"""Meetings of a group: when and where, what is spoken of, who comes, and the papers."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Encrypted, Model
from engage.core.keys import public_code
from engage.groups.models import Group, Membership
from engage.uploads.models import Upload


class Coming(StrEnum):
    """Before a meeting what somebody says, after it what was."""

    COMING = "coming"
    EXCUSED = "excused"
    CAME = "came"
    ABSENT = "absent"


class Meeting(Model):
    """`day` and `starts` stand on the clock of the wall. `sequence` counts what calendars must hear of.

    `remote_link` is shown to members only. `needs`: what the place offers for access, in words.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        Index("ix_meeting_group_id_starts_at", "group_id", "starts_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    version: Mapped[int] = mapped_column()
    group_id: Mapped[int] = mapped_column(ForeignKey("users_group.id", ondelete="RESTRICT"))
    title: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    starts: Mapped[time]
    minutes: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    remote_link: Mapped[str | None] = mapped_column(Encrypted)
    transport: Mapped[str] = mapped_column(default="")
    access: Mapped[str] = mapped_column(default="")
    agenda_closed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_why: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    group: Mapped[Group] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


class AgendaItem(Model):
    """Something to speak of. A subject that the group took up is named by `about_kind` and `about_ref`.

    `is_kept`: whoever may set the agenda put it on; until then it is a member's proposal.
    """

    __tablename__ = "agenda_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    minutes: Mapped[int | None]
    is_kept: Mapped[bool] = mapped_column(default=False, server_default=false())
    about_kind: Mapped[str] = mapped_column(default="", server_default="")
    about_ref: Mapped[str] = mapped_column(default="", server_default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[Account | None] = relationship()


class GroupDocument(Model):
    """A paper of a group, or of one of its meetings; only a public one is shown to others."""

    __tablename__ = "group_document"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    group_id: Mapped[int] = mapped_column(ForeignKey("users_group.id", ondelete="CASCADE"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", ondelete="SET NULL"), index=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id", ondelete="RESTRICT"))
    title: Mapped[str]
    is_public: Mapped[bool] = mapped_column(default=False, server_default=false())
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    added_at: Mapped[datetime]
    upload: Mapped[Upload] = relationship()
    added_by: Mapped[Account | None] = relationship()


class Attendance(Model):
    """Whether a member comes, or came; with `substitute_id` the substitute does in their place."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (CheckConstraint("substitute_id <> membership_id", name="not_oneself"),)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    coming: Mapped[Coming]
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id", ondelete="SET NULL"))
    is_remote: Mapped[bool] = mapped_column(default=False, server_default=false())
    needs: Mapped[list[Any]]
    needs_words: Mapped[str | None] = mapped_column(Encrypted)
    said_at: Mapped[datetime]
    membership: Mapped[Membership] = relationship(foreign_keys=membership_id)
