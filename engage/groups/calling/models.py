"""Calls for people to take part: the role, the questions, and everybody who answered."""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Encrypted, Model
from engage.core.keys import public_code
from engage.groups.models import Group, Side
from engage.intake.models import Door, Reply
from engage.involvement.models import Person

MOST_QUESTIONS = 3


class CallState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class ApplicationState(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Call(Model):
    """The role sheet of a call: `costs` is what is paid back, `companion` who may come along.

    `closes_on` is the last day on which one may apply, on the wall of the centre.
    """

    __tablename__ = "call"
    __table_args__ = (CheckConstraint("places BETWEEN 1 AND 100", name="places"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    version: Mapped[int] = mapped_column()
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("users_group.id", ondelete="SET NULL"), index=True
    )
    side: Mapped[Side] = mapped_column(default=Side.PATIENT)
    title: Mapped[str]
    what: Mapped[str] = mapped_column(default="")
    time: Mapped[str] = mapped_column(default="")
    duration: Mapped[str] = mapped_column(default="")
    training: Mapped[str] = mapped_column(default="")
    costs: Mapped[str] = mapped_column(default="")
    companion: Mapped[str] = mapped_column(default="")
    who_decides: Mapped[str] = mapped_column(default="")
    places: Mapped[int | None]
    state: Mapped[CallState] = mapped_column(default=CallState.DRAFT)
    closes_on: Mapped[date | None]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    group: Mapped[Group | None] = relationship()
    __mapper_args__ = {"version_id_col": version}


class CallQuestion(Model):
    __tablename__ = "call_question"
    __table_args__ = (
        UniqueConstraint("call_id", "position"),
        CheckConstraint(f"position BETWEEN 1 AND {MOST_QUESTIONS}", name="at_most_three"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str]


class Application(Model):
    """Somebody answered a call, or asked to come into a group; each one is answered in words.

    `wants_to_talk`: the answers are asked by phone, and typed in by the team. `answers` is a JSON list, in
    the order of the questions. `other_way`: what the team proposed instead, with a refusal.
    """

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint("call_id IS NOT NULL OR group_id IS NOT NULL", name="to_what"),
        CheckConstraint("(state IN ('accepted', 'refused')) <= (answered_at IS NOT NULL)", name="answered"),
        Index(
            "uq_application_open_call",
            "call_id",
            "person_digest",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index(
            "uq_application_open_group",
            "group_id",
            "person_digest",
            unique=True,
            sqlite_where=text("state = 'received' AND call_id IS NULL"),
            postgresql_where=text("state = 'received' AND call_id IS NULL"),
        ),
        Index("ix_application_state_due_on", "state", "due_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    version: Mapped[int] = mapped_column()
    submission_key: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id", ondelete="RESTRICT"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("users_group.id", ondelete="RESTRICT"))
    person_digest: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("involvement_person.id", ondelete="SET NULL"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    name: Mapped[str | None] = mapped_column(Encrypted)
    reply: Mapped[Reply]
    contact: Mapped[str | None] = mapped_column(Encrypted)
    language: Mapped[str] = mapped_column(default="fr")
    door: Mapped[Door]
    wants_to_talk: Mapped[bool] = mapped_column(default=False, server_default=false())
    answers: Mapped[str | None] = mapped_column(Encrypted)
    state: Mapped[ApplicationState] = mapped_column(default=ApplicationState.RECEIVED)
    due_on: Mapped[date | None]
    answer: Mapped[str | None] = mapped_column(Encrypted)
    other_way: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    call: Mapped[Call | None] = relationship()
    group: Mapped[Group | None] = relationship()
    person: Mapped[Person | None] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=account_id)
    __mapper_args__ = {"version_id_col": version}

    @property
    def said(self) -> list[str]:
        """The answers, in the order of the questions."""
        found: list[str] = json.loads(self.answers or "[]")
        return found
