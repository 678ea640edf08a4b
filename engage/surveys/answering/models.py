"""Waves of a frozen questionnaire, and answers that nobody can give back to a person."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Encrypted, Model
from engage.core.guards import listen
from engage.core.keys import public_code
from engage.outbox.models import Channel as Way
from engage.surveys.answering import guards
from engage.surveys.answering.kinds import Anonymity, Answered, ChannelKind
from engage.surveys.questionnaire.models import QUESTIONS, Version

MINIMUM_CELL = 10
# No hidden counter of rows: what is stored is found by a random key alone.
NO_COUNTER = {"sqlite_with_rowid": False}


class Wave(Model):
    """One frozen version asked between two moments. What it promises about anonymity is never loosened.

    `purpose`: what will be done with the answers. `results_on`: the day when the results will be here.
    `settled_at`: all is mixed; `finished_at`: the results are published; `erased_at`: the answers are gone.
    """

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
    purpose: Mapped[str] = mapped_column(default="", server_default="")
    results_on: Mapped[date | None]
    is_listed: Mapped[bool] = mapped_column(default=True, server_default=true())
    serves_kiosk: Mapped[bool] = mapped_column(default=False, server_default=false())
    double_entry: Mapped[bool] = mapped_column(default=False, server_default=false())
    finished_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(server_default="1")
    version: Mapped[Version] = relationship()
    __mapper_args__ = {"version_id_col": revision}

    @property
    def had_too_few(self) -> bool:
        """Whether its answers were erased at its end: fewer than five, where one among five was promised."""
        return self.settled_at is not None and self.erased_at == self.settled_at


class Channel(Model):
    """One way to the wave, counted apart; how many were handed out is known for slips and paper alone."""

    __tablename__ = "survey_channel"
    __table_args__ = (UniqueConstraint("wave_id", "kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id", ondelete="CASCADE"))
    kind: Mapped[ChannelKind]
    handed_out: Mapped[int | None]
    completed: Mapped[int] = mapped_column(default=0)
    started: Mapped[int] = mapped_column(default=0, server_default="0")


class Ticket(Model):
    """A slip that opens the wave once. Spent or not: nothing else, and no way to what was answered."""

    __tablename__ = "survey_ticket"
    __table_args__ = (NO_COUNTER,)
    digest: Mapped[str] = mapped_column(primary_key=True)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id", ondelete="CASCADE"), index=True)
    is_spent: Mapped[bool] = mapped_column(default=False)


class Sheet(Model):
    """A filled paper sheet by the number written on it; `waiting` holds its first entry until the second."""

    __tablename__ = "survey_typed_sheet"
    __table_args__ = (CheckConstraint("number > 0", name="number"), NO_COUNTER)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    waiting: Mapped[str | None] = mapped_column(Encrypted)


class ResultNotice(Model):
    """Where to write when the results are here: no time, and no way to what was answered."""

    __tablename__ = "survey_result_notice"
    __table_args__ = (NO_COUNTER,)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id", ondelete="CASCADE"), index=True)
    channel: Mapped[Way]
    contact: Mapped[str] = mapped_column(Encrypted)


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
listen(Wave.__table__, sqlite=SQLITE_GUARDS, postgresql=POSTGRES_GUARDS)
