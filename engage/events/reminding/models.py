"""What was told around a date, each thing once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Model
from engage.events.signing.models import SignUp
from engage.outbox.models import Channel


class DeliveryKind(StrEnum):
    """A week before, the day before, two hours before, thanks the day after."""

    WEEK = "week"
    DAY = "day"
    HOURS = "hours"
    THANKS = "thanks"


class DeliveryState(StrEnum):
    """`superseded`: the date moved before it was told."""

    WRITTEN = "written"
    MISSED = "missed"
    SUPERSEDED = "superseded"


class Delivery(Model):
    """One reminder of one sign-up for one way the date stood (its `revision` is its `sequence`)."""

    __tablename__ = "event_delivery"
    __table_args__ = (UniqueConstraint("sign_up_id", "kind", "revision", "channel"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"))
    kind: Mapped[DeliveryKind]
    revision: Mapped[int]
    channel: Mapped[Channel]
    state: Mapped[DeliveryState]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime]
    sign_up: Mapped[SignUp] = relationship()
