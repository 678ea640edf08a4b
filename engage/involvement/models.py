"""People on their way into taking part: by which door they came, what they wish, how far they are."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Encrypted, Model
from engage.core.keys import public_code
from engage.intake.models import Door, Reply


class Stage(StrEnum):
    """How far a person is on the way; nobody has to go further, and one may go back."""

    CONTACT = "contact"
    INTEREST = "interest"
    FIRST_ACT = "first_act"
    INVITED = "invited"
    ACCOMPANIED = "accompanied"
    MEMBER = "member"


class SourceKind(StrEnum):
    """What brought somebody: a poster with a number, a carer's code, a relay."""

    POSTER = "poster"
    CARER = "carer"
    NURSE = "nurse"
    WORKSHOP = "workshop"
    SOCIAL = "social"
    RELAY = "relay"
    OTHER = "other"


class RelayKind(StrEnum):
    SOCIAL_WORKER = "social_worker"
    ASSOCIATION = "association"
    ELECTED = "elected"
    PHARMACIST = "pharmacist"
    HOME_NURSE = "home_nurse"
    OTHER = "other"


class Source(Model):
    """A way in that can be told from others; its `code` stands in a link, a QR and on a sheet of paper.

    `relay_id` is the account of the relay who hands it out.
    """

    __tablename__ = "involvement_source"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    kind: Mapped[SourceKind]
    label: Mapped[str]
    relay_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Person(Model):
    """Somebody on the way, with an account or without one; erased whole when they ask.

    `contact_digest` finds who came before. `themes` are ids, `whens` and `acts` what they ticked (content of
    `/participer`), `how_long` the longest time they have. `declined_at`: "not now", which is a real answer.
    `reminded_at`: the one reminder there ever is. Nothing is written to them before `paused_until`.
    """

    __tablename__ = "involvement_person"
    __table_args__ = (
        Index(
            "uq_involvement_person_account",
            "account_id",
            unique=True,
            sqlite_where=text("account_id IS NOT NULL"),
            postgresql_where=text("account_id IS NOT NULL"),
        ),
        Index("ix_involvement_person_stage_created_at", "stage", "created_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    version: Mapped[int] = mapped_column()
    submission_key: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str | None] = mapped_column(Encrypted)
    reply: Mapped[Reply]
    contact: Mapped[str | None] = mapped_column(Encrypted)
    contact_digest: Mapped[str | None] = mapped_column(index=True)
    language: Mapped[str] = mapped_column(default="fr")
    door: Mapped[Door]
    source_id: Mapped[int | None] = mapped_column(
        ForeignKey("involvement_source.id", ondelete="SET NULL"), index=True
    )
    stage: Mapped[Stage]
    themes: Mapped[list[Any]]
    acts: Mapped[list[Any]]
    whens: Mapped[list[Any]]
    how_long: Mapped[str] = mapped_column(default="")
    declined_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    paused_until: Mapped[date | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(index=True)
    account: Mapped[Account | None] = relationship(foreign_keys=account_id)
    owner: Mapped[Account | None] = relationship(foreign_keys=owner_id)
    source: Mapped[Source | None] = relationship()
    __mapper_args__ = {"version_id_col": version}


class StageChange(Model):
    """One move on the way, up or down: when, by whom, and why if somebody said so."""

    __tablename__ = "involvement_stage_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("involvement_person.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    stage: Mapped[Stage]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    words: Mapped[str | None] = mapped_column(Encrypted)


class PathwayNote(Model):
    """What the team writes down about taking part, and nothing else; `reason`: why health words were kept."""

    __tablename__ = "involvement_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("involvement_person.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(Encrypted)
    reason: Mapped[str | None] = mapped_column(Encrypted)


class NextStep(Model):
    """What the team does next with this person: one open at a time, with a date and an owner."""

    __tablename__ = "involvement_next_step"
    __table_args__ = (
        Index(
            "uq_involvement_next_step_open",
            "person_id",
            unique=True,
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("involvement_person.id", ondelete="CASCADE"), index=True
    )
    words: Mapped[str] = mapped_column(Encrypted)
    due_on: Mapped[date] = mapped_column(index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    owner: Mapped[Account | None] = relationship()


class Relay(Model):
    """Who carries the words of others, and for which house."""

    __tablename__ = "involvement_relay"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[RelayKind]
    organisation: Mapped[str] = mapped_column(default="")
    since: Mapped[date]


class Carried(Model):
    """A thing (`kind`, `ref`) that a relay brought in somebody's words, who said yes aloud.

    `person` is how the relay knows whom to tell; gone when they have been told and it is over.
    """

    __tablename__ = "involvement_carried"
    __table_args__ = (
        Index("uq_involvement_carried_kind", "kind", "ref", unique=True),
        CheckConstraint("consented_at <= carried_at", name="consent_first"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    relay_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str]
    ref: Mapped[str]
    person: Mapped[str | None] = mapped_column(Encrypted)
    consented_at: Mapped[datetime]
    carried_at: Mapped[datetime]
