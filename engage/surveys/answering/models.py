"""Waves of a frozen questionnaire, and answers that nobody can give back to a person."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Encrypted, Model
from engage.core.keys import public_code
from engage.surveys.answering import guards
from engage.surveys.answering.kinds import Anonymity, Answered, ChannelKind
from engage.surveys.questionnaire.models import QUESTIONS, Version

MINIMUM_CELL = 10
# No hidden counter of rows: what is stored is found by a random key alone.
NO_COUNTER = {"sqlite_with_rowid": False}


class Wave(Model):
    """One frozen version asked between two moments. What it promises about anonymity is never loosened."""

    __tablename__ = "survey_wave"
    __table_args__ = (
        UniqueConstraint("id", "version_id"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        CheckConstraint("minimum_cell >= 5", name="minimum_cell"),
        CheckConstraint("population IS NULL OR population > 0", name="population"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire_version.id"))
    title: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    anonymity: Mapped[Anonymity]
    minimum_cell: Mapped[int] = mapped_column(default=MINIMUM_CELL)
    population: Mapped[int | None]
    retained_until: Mapped[date]
    settled_at: Mapped[datetime | None]
    version: Mapped[Version] = relationship()


class Channel(Model):
    """One way to the wave, counted apart; how many were handed out is known for paper alone."""

    __tablename__ = "survey_channel"
    __table_args__ = (UniqueConstraint("wave_id", "kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id", ondelete="CASCADE"))
    kind: Mapped[ChannelKind]
    handed_out: Mapped[int | None]
    completed: Mapped[int] = mapped_column(default=0)


class Ticket(Model):
    """A slip that opens the wave once. Spent or not: nothing else, and no way to what was answered."""

    __tablename__ = "survey_ticket"
    __table_args__ = (NO_COUNTER,)
    digest: Mapped[str] = mapped_column(primary_key=True)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id", ondelete="CASCADE"), index=True)
    is_spent: Mapped[bool] = mapped_column(default=False)


class Pending(Model):
    """What was sent and waits for four others: alone in knowing the key of its form."""

    __tablename__ = "survey_pending"
    __table_args__ = (NO_COUNTER,)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id", ondelete="CASCADE"), index=True)
    submission_key: Mapped[str] = mapped_column(unique=True)
    content: Mapped[str] = mapped_column(Encrypted)


class Response(Model):
    """A filled questionnaire: no person, no address, no device, no time but its week."""

    __tablename__ = "survey_response"
    __table_args__ = (
        UniqueConstraint("id", "version_id"),
        ForeignKeyConstraint(["wave_id", "version_id"], ["survey_wave.id", "survey_wave.version_id"]),
        NO_COUNTER,
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave_id: Mapped[UUID] = mapped_column(index=True)
    version_id: Mapped[UUID]
    week: Mapped[date]


class Answer(Model):
    """What became of one question in one response; several choices are several rows, by `place`."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["response_id", "version_id"],
            ["survey_response.id", "survey_response.version_id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["version_id", "question_id"], QUESTIONS),
        ForeignKeyConstraint(
            ["version_id", "question_id", "choice_id"],
            [f"questionnaire_choice.{name}" for name in ("version_id", "question_id", "id")],
        ),
        NO_COUNTER,
    )
    question_id: Mapped[UUID] = mapped_column(primary_key=True)
    response_id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version_id: Mapped[UUID]
    state: Mapped[Answered]
    choice_id: Mapped[UUID | None]
    number: Mapped[float | None]
    month: Mapped[date | None]


class Verbatim(Model):
    """Words written in answer to a question; of a strict wave they belong to no response."""

    __tablename__ = "survey_verbatim"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "question_id"], QUESTIONS),
        ForeignKeyConstraint(["wave_id", "version_id"], ["survey_wave.id", "survey_wave.version_id"]),
        NO_COUNTER,
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave_id: Mapped[UUID] = mapped_column(index=True)
    version_id: Mapped[UUID]
    question_id: Mapped[UUID]
    response_id: Mapped[UUID | None] = mapped_column(ForeignKey("survey_response.id", ondelete="SET NULL"))
    body: Mapped[str]


SQLITE_GUARDS, POSTGRES_GUARDS = guards.SQLITE, guards.POSTGRESQL
guards.listen(Wave.__table__)
