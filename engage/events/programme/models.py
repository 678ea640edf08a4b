"""What happens when on a day: its slots, who speaks, in which room, and who chose what."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Model
from engage.events.models import MOST_PLACES


class SlotKind(StrEnum):
    WELCOME = "welcome"
    OPENING = "opening"
    TALK = "talk"
    ROUND_TABLE = "round_table"
    WORKSHOP = "workshop"
    BREAK = "break"
    LUNCH = "lunch"
    PRIZE = "prize"
    CLOSING = "closing"
    OTHER = "other"


class Programme(Model):
    """What a day as a whole is about. `audiences`, `committee` and `notes`: as in their file."""

    __tablename__ = "event_programme"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    subject: Mapped[str] = mapped_column(default="")
    is_remote: Mapped[bool] = mapped_column(default=False)
    audiences: Mapped[list[Any]]
    committee: Mapped[list[Any]]
    notes: Mapped[list[Any]]


class Slot(Model):
    """From one hour to another, on the clock of the wall. `capacity` None: no limit for those who choose it.

    `title` is None where a break has none; `number` is that of a round table or workshop, if it has one.
    """

    __tablename__ = "event_slot"
    __table_args__ = (
        CheckConstraint("starts < ends", name="starts_before_it_ends"),
        CheckConstraint(f"capacity BETWEEN 1 AND {MOST_PLACES}", name="some_places"),
        CheckConstraint("takes_sign_up OR capacity IS NULL", name="places_of_who_signs_up"),
        UniqueConstraint("event_id", "position"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    position: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]
    kind: Mapped[SlotKind]
    number: Mapped[int | None]
    title: Mapped[str | None]
    text: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[Any]]
    room: Mapped[str] = mapped_column(default="")
    takes_sign_up: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int | None]
    speakers: Mapped[list[Speaker]] = relationship(order_by="Speaker.position", cascade="all, delete-orphan")


class Speaker(Model):
    """Somebody who speaks in a slot, on site or from afar; they agreed to be named there."""

    __tablename__ = "event_speaker"
    __table_args__ = (UniqueConstraint("slot_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("event_slot.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    is_remote: Mapped[bool] = mapped_column(default=False)


class SlotChoice(Model):
    """A party that signed up for the day also comes to this slot."""

    __tablename__ = "event_slot_choice"
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(
        ForeignKey("event_slot.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
