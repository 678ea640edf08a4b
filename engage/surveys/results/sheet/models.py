"""The one page that gives results back to patients, edition after edition, and the promises beside it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.commitments.models import Commitment
from engage.core.db import Model
from engage.core.guards import listen
from engage.surveys.answering.models import Wave
from engage.surveys.results.sheet import guards


class State(StrEnum):
    """A draft is composed; a published sheet is frozen, until the next edition or its withdrawal."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


def _only_one(state: State) -> Index:
    there, name = text(f"state = '{state}'"), f"uq_survey_result_sheet_{state}"
    return Index(name, "wave_id", unique=True, sqlite_where=there, postgresql_where=there)


class SurveySheet(Model):
    """`figures` names the answers to show; `shown` is what stood there when it was published.

    `quotes` names verbatims with the spans hidden then: their words stay where they can still be erased.
    """

    __tablename__ = "survey_result_sheet"
    __table_args__ = (
        UniqueConstraint("wave_id", "number"),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_with_moment"),
        CheckConstraint("state <> 'withdrawn' OR reason <> ''", name="withdrawn_with_reason"),
        _only_one(State.DRAFT),
        _only_one(State.PUBLISHED),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    figures: Mapped[list[Any]] = mapped_column(default=list)
    quotes: Mapped[list[Any]] = mapped_column(default=list)
    heard: Mapped[str] = mapped_column(default="")
    promised: Mapped[str] = mapped_column(default="")
    shown: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    published_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()
    wave: Mapped[Wave] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_draft(self) -> bool:
        return self.state is State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state is State.PUBLISHED


class Tie(Model):
    """A commitment that answers what a sheet says; `about` is a question of the wave or a theme of words."""

    __tablename__ = "survey_result_tie"
    sheet_id: Mapped[UUID] = mapped_column(
        ForeignKey("survey_result_sheet.id", ondelete="CASCADE"), primary_key=True
    )
    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    about: Mapped[str] = mapped_column(default="")
    commitment: Mapped[Commitment] = relationship(lazy="joined", innerjoin=True)


SQLITE_GUARDS, POSTGRES_GUARDS = guards.SQLITE, guards.POSTGRESQL
listen(Tie.__table__, sqlite=SQLITE_GUARDS, postgresql=POSTGRES_GUARDS)
