"""Findings of a survey that a group took up as its subjects."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Model
from engage.core.keys import public_code


class Finding(Model):
    """What the group works on, in a sentence, and the wave whose published results say it."""

    __tablename__ = "survey_finding"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("users_group.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    taken_up_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
