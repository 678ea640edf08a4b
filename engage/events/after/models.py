"""What stays of a date: how people found it, its pictures, what follows from it, which needs were met."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Encrypted, Model
from engage.events.kinds import Need
from engage.uploads.models import Upload


class Face(StrEnum):
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Shown(StrEnum):
    """Words stand on the page of a date only after the team has read them."""

    UNREAD = "unread"
    SHOWN = "shown"
    HIDDEN = "hidden"


class Feedback(Model):
    """How somebody who came found it. Neither person nor time: nothing says who said it."""

    __tablename__ = "event_feedback"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("event_occurrence.id", ondelete="CASCADE"), index=True
    )
    submission_digest: Mapped[str | None] = mapped_column(unique=True)
    face: Mapped[Face]
    words: Mapped[str | None] = mapped_column(Encrypted)
    state: Mapped[Shown] = mapped_column(default=Shown.UNREAD)


class EventPhoto(Model):
    """A picture taken there, of people who agreed to it."""

    __tablename__ = "event_photo"
    __table_args__ = (UniqueConstraint("occurrence_id", "upload_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("event_occurrence.id", ondelete="CASCADE"))
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id", ondelete="RESTRICT"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    added_at: Mapped[datetime]
    upload: Mapped[Upload] = relationship()


class EventCommitment(Model):
    """What the centre promised after this date."""

    __tablename__ = "event_commitment"
    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("event_occurrence.id", ondelete="CASCADE"), primary_key=True
    )
    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitment.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class NeedDone(Model):
    """The team has prepared what this need asks for: for one sign-up of a date."""

    __tablename__ = "event_need_done"
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), primary_key=True)
    need: Mapped[Need] = mapped_column(primary_key=True)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    done_at: Mapped[datetime]


class Presence(Model):
    """A partner patient came to this date: what stays of it when the list is anonymised."""

    __tablename__ = "event_presence"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("event_occurrence.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
