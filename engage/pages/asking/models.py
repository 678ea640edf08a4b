"""Counts of who understood, which say of nobody what they understood; and the words that were missing."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Encrypted, Model
from engage.pages.models import Body, PageVersion


class Understood(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class UnderstoodCount(Model):
    """How often readers of one section said so; the empty section is the whole page."""

    __tablename__ = "page_understood"
    version_id: Mapped[int] = mapped_column(
        ForeignKey("page_version.id", ondelete="CASCADE"), primary_key=True
    )
    body: Mapped[Body] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[Understood] = mapped_column(primary_key=True)
    times: Mapped[int]


class Missing(Model):
    """What a reader missed, without a name; `marks` is what the screening saw in it."""

    __tablename__ = "page_missing"
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_key: Mapped[str] = mapped_column(unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("page_version.id", ondelete="CASCADE"), index=True)
    body: Mapped[Body]
    section: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(Encrypted)
    marks: Mapped[list[Any]] = mapped_column(default=list)
    said_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    version: Mapped[PageVersion] = relationship()
