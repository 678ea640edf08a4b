"""Questionnaires, their versions, and what each version asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Model
from engage.core.guards import listen
from engage.surveys.questionnaire import guards
from engage.surveys.questionnaire.kinds import Change, ChoiceKind, Part, State, Type, Variant

PAGES = ["questionnaire_page.version_id", "questionnaire_page.id"]
QUESTIONS = ["questionnaire_question.version_id", "questionnaire_question.id"]


class Questionnaire(Model):
    """What its versions share: the code in the address of its file and of its pages."""

    __tablename__ = "questionnaire"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class Version(Model):
    """One state of the questions. Once frozen its row may only become retired (triggers see to it)."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (
        UniqueConstraint("questionnaire_id", "number"),
        UniqueConstraint("questionnaire_id", "id"),
        ForeignKeyConstraint(
            ["questionnaire_id", "parent_id"],
            ["questionnaire_version.questionnaire_id", "questionnaire_version.id"],
        ),
        CheckConstraint("(state = 'draft') = (content_hash IS NULL)", name="frozen_with_hash"),
        CheckConstraint("(state = 'draft') = (frozen_at IS NULL)", name="frozen_with_moment"),
        CheckConstraint("state = 'draft' OR parent_id IS NULL OR change IS NOT NULL", name="with_change"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    questionnaire_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire.id"))
    number: Mapped[int]
    parent_id: Mapped[UUID | None]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    content_hash: Mapped[str | None]
    change: Mapped[Change | None]
    change_note: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[Any]]
    licence: Mapped[str] = mapped_column(default="")
    instrument: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    edited_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column()
    questionnaire: Mapped[Questionnaire] = relationship(lazy="joined", innerjoin=True)
    __mapper_args__ = {"version_id_col": revision}

    @property
    def is_draft(self) -> bool:
        return self.state is State.DRAFT

    @property
    def is_frozen(self) -> bool:
        return self.state is State.FROZEN


class Page(Model):
    """Questions that belong together; on a phone each question still has its own screen."""

    __tablename__ = "questionnaire_page"
    __table_args__ = (UniqueConstraint("version_id", "key"), UniqueConstraint("version_id", "position"))
    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("questionnaire_version.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key: Mapped[str]
    position: Mapped[int]


class Question(Model):
    """`concept` is what it measures; `position` counts over the whole version."""

    __tablename__ = "questionnaire_question"
    __table_args__ = (
        UniqueConstraint("version_id", "key"),
        UniqueConstraint("version_id", "position"),
        ForeignKeyConstraint(["version_id", "page_id"], PAGES, ondelete="CASCADE"),
    )
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    page_id: Mapped[UUID]
    key: Mapped[str]
    concept: Mapped[str]
    type: Mapped[Type]
    position: Mapped[int]
    required: Mapped[bool]
    prefer_not: Mapped[bool]
    condition: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    settings: Mapped[dict[str, Any]]


class Choice(Model):
    """Answers point here, never to words."""

    __tablename__ = "questionnaire_choice"
    __table_args__ = (
        UniqueConstraint("version_id", "question_id", "id"),
        UniqueConstraint("version_id", "question_id", "code"),
        UniqueConstraint("version_id", "question_id", "position"),
        ForeignKeyConstraint(["version_id", "question_id"], QUESTIONS, ondelete="CASCADE"),
    )
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    question_id: Mapped[UUID]
    code: Mapped[str]
    score: Mapped[float | None]
    kind: Mapped[ChoiceKind] = mapped_column(default=ChoiceKind.NORMAL)
    position: Mapped[int]


class Dependence(Model):
    """A question's condition looks at the answer of another question of the same version."""

    __tablename__ = "questionnaire_dependence"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "question_id"], QUESTIONS, ondelete="CASCADE"),
        ForeignKeyConstraint(["version_id", "asked_id"], QUESTIONS),
    )
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    question_id: Mapped[UUID] = mapped_column(primary_key=True)
    asked_id: Mapped[UUID] = mapped_column(primary_key=True)


class Text(Model):
    """Words of the version, a page, a question or a choice; `owner_id` is whichever of these it is."""

    __tablename__ = "questionnaire_text"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "page_id"], PAGES, ondelete="CASCADE"),
        ForeignKeyConstraint(["version_id", "question_id"], QUESTIONS, ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["version_id", "choice_id"],
            ["questionnaire_choice.version_id", "questionnaire_choice.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("owner_id = coalesce(choice_id, question_id, page_id, version_id)", name="owner"),
    )
    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("questionnaire_version.id", ondelete="CASCADE"), primary_key=True
    )
    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    part: Mapped[Part] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    variant: Mapped[Variant] = mapped_column(primary_key=True)
    page_id: Mapped[UUID | None]
    question_id: Mapped[UUID | None]
    choice_id: Mapped[UUID | None]
    body: Mapped[str]
    audio_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id"))


SQLITE_GUARDS, POSTGRES_GUARDS = guards.SQLITE, guards.POSTGRESQL
listen(Text.__table__, sqlite=SQLITE_GUARDS, postgresql=POSTGRES_GUARDS)
