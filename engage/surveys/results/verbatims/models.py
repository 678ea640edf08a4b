"""What the team made of each word left in a survey, and the themes the centre adds to the code book."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Model
from engage.core.keys import public_code
from engage.surveys.answering.models import NO_COUNTER


class Decision(StrEnum):
    """Publishable: may stand on the sheet for patients. Team: read, and kept. Deleted: erased for good."""

    PUBLISHABLE = "publishable"
    TEAM = "team"
    DELETED = "deleted"


class Reading(Model):
    """One verbatim read: what was decided, and the spans to hide. No time, and no order.

    Without decision it waits to be read again. `is_wiped`: what was deleted has left the files too.
    """

    __tablename__ = "verbatim_reading"
    __table_args__ = (NO_COUNTER,)
    verbatim_id: Mapped[UUID] = mapped_column(
        ForeignKey("survey_verbatim.id", ondelete="CASCADE"), primary_key=True
    )
    decision: Mapped[Decision | None]
    masked: Mapped[list[Any]] = mapped_column(default=list)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    is_wiped: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Tag(Model):
    """A verbatim filed under a code of the book."""

    __tablename__ = "verbatim_theme"
    __table_args__ = (NO_COUNTER,)
    verbatim_id: Mapped[UUID] = mapped_column(
        ForeignKey("survey_verbatim.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(primary_key=True, index=True)


class OwnCode(Model):
    """A code that the centre added under one of the themes; `words` one a line, like the book's own."""

    __tablename__ = "verbatim_code"
    code: Mapped[str] = mapped_column(primary_key=True, default=public_code)
    theme: Mapped[str]
    label: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
