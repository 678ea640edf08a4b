"""What every contribution shares: its door, the draft before it, the secret code after it."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Dialect, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core import keys
from engage.core.db import Encrypted, Model
from engage.uploads.models import Upload

CODE_LENGTH = 9  # signs of 5 bits: 45 bits
CODE_GROUPS = 3  # signs a group, to be read aloud


class Door(StrEnum):
    """How a contribution came in."""

    WEB = "web"
    KIOSK = "kiosk"
    PAPER = "paper"
    PHONE = "phone"
    RECEPTION = "reception"
    RELAY = "relay"
    WORKSHOP = "workshop"


class Reply(StrEnum):
    """How a person wants to hear back."""

    NONE = "none"
    MAIL = "mail"
    PHONE = "phone"
    LETTER = "letter"
    RECEPTION = "reception"


class Pieces(Encrypted):
    """Lines of text, each encrypted by itself: one is added without reading those before it."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else "\n".join(keys.decrypt(piece) for piece in value.split("\n"))


class Draft(Model):
    """What somebody is writing, encrypted; only the key in their session finds it, for 24 hours.

    `content` has a line of JSON for each step that was added; a later one says a thing anew.
    """

    __tablename__ = "draft"
    key_digest: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    content: Mapped[str] = mapped_column(Pieces)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id", ondelete="SET NULL"))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    photo: Mapped[Upload | None] = relationship()

    @property
    def values(self) -> dict[str, Any]:
        """What was typed so far, by the name of its field."""
        typed: dict[str, Any] = {}
        for piece in self.content.split("\n"):
            typed |= json.loads(piece)
        return typed


class FollowUp(Model):
    """The digest of a follow-up code and the thing (`kind`, `ref`) it opens to its author."""

    __tablename__ = "follow_up"
    __table_args__ = (UniqueConstraint("kind", "ref", "digest"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    ref: Mapped[str]
    created_at: Mapped[datetime]


class Kiosk(Model):
    """A tablet opened by staff in the waiting room."""

    __tablename__ = "kiosk"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime | None]


class DistressPhrase(Model):
    """Words that call for the emergency numbers; only administrators edit the list."""

    __tablename__ = "distress_phrase"
    id: Mapped[int] = mapped_column(primary_key=True)
    phrase: Mapped[str] = mapped_column(unique=True)
