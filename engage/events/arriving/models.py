"""The door of a date: the telephones that may check people in, and what each of them noted."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Model
from engage.core.keys import public_code
from engage.events.models import Occurrence


class ArrivalKind(StrEnum):
    """`undone`: noted by mistake; `count`: so many heads, whoever they are."""

    CAME = "came"
    UNDONE = "undone"
    WALK_IN = "walk_in"
    COUNT = "count"


class DoorPass(Model):
    """Lets one device check people in for one date until `ends_at`; only a digest of its secret is kept."""

    __tablename__ = "door_pass"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    token_digest: Mapped[str] = mapped_column(unique=True)
    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("event_occurrence.id", ondelete="CASCADE"), index=True
    )
    device: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    occurrence: Mapped[Occurrence] = relationship()


class Arrival(Model):
    """One thing noted at the door; sent again with the same key, it is the same one. `party`: heads."""

    __tablename__ = "door_arrival"
    __table_args__ = (CheckConstraint("party >= 0", name="party"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_key: Mapped[str] = mapped_column(unique=True)
    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("event_occurrence.id", ondelete="CASCADE"), index=True
    )
    pass_id: Mapped[int | None] = mapped_column(ForeignKey("door_pass.id", ondelete="SET NULL"))
    sign_up_id: Mapped[int | None] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    kind: Mapped[ArrivalKind]
    party: Mapped[int]
    at: Mapped[datetime]
