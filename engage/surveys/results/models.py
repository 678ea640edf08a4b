"""What was released of a wave: what anyone may read, and beside it the numbers it was taken from."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Encrypted, Model
from engage.core.guards import listen
from engage.surveys.answering.models import Answer
from engage.surveys.results import guards


class Release(Model):
    """All questions of a wave, counted at one moment. A later one is weighed against it.

    `counted` holds the true numbers, needed for that and for nothing else. They outlive the answers they
    were counted from, so they are encrypted: a copy of the database without its keys tells no small number.
    They are wiped with the answers, when no release can follow.
    """

    __tablename__ = "survey_release"
    __table_args__ = (
        UniqueConstraint("wave_id", "number"),
        CheckConstraint("number > 0 AND responses >= 0", name="counts"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[datetime]
    responses: Mapped[int]
    shown: Mapped[dict[str, Any]]
    counted: Mapped[str | None] = mapped_column(Encrypted)


class Crossing(Model):
    """One question by the answers to another, as a release shows it to whoever asks first."""

    __tablename__ = "survey_crossing"
    __table_args__ = (UniqueConstraint("release_id", "question", "segment"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    release_id: Mapped[UUID] = mapped_column(ForeignKey("survey_release.id", ondelete="CASCADE"))
    question: Mapped[str]
    segment: Mapped[str]
    at: Mapped[datetime]
    shown: Mapped[dict[str, Any]]
    counted: Mapped[str | None] = mapped_column(Encrypted)


# A release counts from this alone: twenty thousand responses in a tenth of a second. What is alike lies
# together, and behind it the random key of the response: it tells no order of arrival.
Index(
    "ix_survey_answer_counted",
    Answer.version_id, Answer.question_id, Answer.place, Answer.state, Answer.choice_id, Answer.number,
    Answer.month,
)  # fmt: skip

SQLITE_GUARDS, POSTGRES_GUARDS = guards.SQLITE, guards.POSTGRESQL
listen(Crossing.__table__, sqlite=SQLITE_GUARDS, postgresql=POSTGRES_GUARDS)
