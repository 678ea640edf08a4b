"""An idea, what happened to it, who supports it, and the paper it may have come on."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Encrypted, Model
from engage.core.i18n import gettext
from engage.core.keys import public_code
from engage.intake.models import Door, Reply
from engage.themes.models import Theme
from engage.uploads.models import Upload

SHORT_TITLE = 80
CIRCLE = 1_000_003


def short_title(title: str, text: str) -> str:
    """The team's title, else the first 80 characters."""
    first = " ".join(text.split())
    return title or (first if len(first) <= SHORT_TITLE else first[: SHORT_TITLE - 1].rsplit(" ", 1)[0] + "…")


class Publication(StrEnum):
    """Who may read it: the first of the two columns of the desk."""

    WAITING = "waiting"
    PUBLIC = "public"
    TEAM = "team"
    REFUSED = "refused"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class Progress(StrEnum):
    """How far it is: the second column."""

    RECEIVED = "received"
    STUDY = "study"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNDER_WAY = "under_way"
    DONE = "done"


class Batch(Model):
    """A paper box opened on a day: closed only when entered + discarded = slips."""

    __tablename__ = "idea_batch"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    opened_on: Mapped[date]
    opened_by: Mapped[str]
    slips: Mapped[int]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime | None]


class Discard(Model):
    """A slip of a batch that was not entered, and why."""

    __tablename__ = "idea_discard"
    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("idea_batch.id", ondelete="CASCADE"), index=True)
    submission_key: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[str]
    at: Mapped[datetime]


class Idea(Model):
    """Something to improve, said by anyone.

    `text` is what may be read; `original` keeps the first words when the team masked some of them.
    `shuffle` is a random place on a circle: the fair order starts each day at another place.
    """

    __tablename__ = "idea"
    __table_args__ = (
        Index("ix_idea_publication_shuffle", "publication", "shuffle"),
        Index("ix_idea_publication_published_at", "publication", "published_at"),
        Index("ix_idea_publication_support_count", "publication", "support_count"),
        Index("ix_idea_due_on", "due_on"),
        CheckConstraint("support_count >= 0", name="supports"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    submission_key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    original: Mapped[str | None] = mapped_column(Encrypted)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"), index=True)
    door: Mapped[Door]
    publication: Mapped[Publication] = mapped_column(default=Publication.WAITING)
    progress: Mapped[Progress] = mapped_column(default=Progress.RECEIVED)
    wants_public: Mapped[bool]
    first_name: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    reply: Mapped[Reply] = mapped_column(default=Reply.NONE)
    contact: Mapped[str | None] = mapped_column(Encrypted)
    contact_erased_at: Mapped[datetime | None]
    helper_relation: Mapped[str] = mapped_column(default="")
    helper_summary: Mapped[str] = mapped_column(default="")
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id", ondelete="SET NULL"))
    photo_is_public: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="fr")
    is_distress: Mapped[bool] = mapped_column(default=False)
    distress_read_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id", ondelete="SET NULL"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("idea_batch.id", ondelete="SET NULL"), index=True)
    import_digest: Mapped[str | None] = mapped_column(unique=True)
    workshop: Mapped[str] = mapped_column(default="")
    workshop_table: Mapped[str] = mapped_column(default="")
    support_count: Mapped[int] = mapped_column(default=0)
    reminded_on: Mapped[date | None]
    shuffle: Mapped[int] = mapped_column(default=lambda: secrets.randbelow(CIRCLE))
    version: Mapped[int] = mapped_column()
    theme: Mapped[Theme | None] = relationship()
    photo: Mapped[Upload | None] = relationship()
    owner: Mapped[Account | None] = relationship(foreign_keys=owner_id)
    merged_into: Mapped[Idea | None] = relationship(remote_side="Idea.id")
    __mapper_args__ = {"version_id_col": version}

    @property
    def shown_title(self) -> str:
        """What stands for it in a list: of one that was withdrawn no word is left."""
        if self.publication is Publication.WITHDRAWN:
            return gettext("Idea withdrawn")
        return short_title(self.title, self.text)

    @property
    def is_public(self) -> bool:
        return self.publication is Publication.PUBLIC

    @property
    def is_closed(self) -> bool:
        """Nothing more is expected from the team."""
        ended = {Publication.REFUSED, Publication.WITHDRAWN}
        return self.publication in ended or self.progress in {Progress.DECLINED, Progress.DONE}


class StepKind(StrEnum):
    PUBLICATION = "publication"
    PROGRESS = "progress"
    ANSWER = "answer"
    QUESTION = "question"
    REPLY = "reply"
    PRECISION = "precision"
    MERGED = "merged"
    UNMERGED = "unmerged"
    COMMITMENT = "commitment"


class Visibility(StrEnum):
    """Who may read a step; an idea that is not public shows its public steps to its author only."""

    PUBLIC = "public"
    AUTHOR = "author"
    TEAM = "team"


class Step(Model):
    """One change of an idea: who, when, and the words people read."""

    __tablename__ = "idea_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), index=True)
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    at: Mapped[datetime]
    kind: Mapped[StepKind]
    visibility: Mapped[Visibility]
    publication: Mapped[Publication | None]
    progress: Mapped[Progress | None]
    words: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    by_role: Mapped[str] = mapped_column(default="")
    read_at: Mapped[datetime | None]


class AnswerDraft(Model):
    """An answer being written; one an idea."""

    __tablename__ = "idea_answer_draft"
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class Support(Model):
    """ "Je soutiens": one an account or a device."""

    __tablename__ = "idea_support"
    __table_args__ = (
        UniqueConstraint("idea_id", "account_id"),
        UniqueConstraint("idea_id", "device_digest"),
        CheckConstraint("(account_id IS NULL) <> (device_digest IS NULL)", name="account_or_device"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    device_digest: Mapped[str | None]
    at: Mapped[datetime]


class Merge(Model):
    """`source` said the same as `target`; `moved` lists what was carried over, so that undo gives it back."""

    __tablename__ = "idea_merge"
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), index=True)
    publication_before: Mapped[Publication]
    moved: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None]


class IdeaCommitment(Model):
    """The ideas a commitment answers."""

    __tablename__ = "idea_commitment"
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True)
    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitment.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class RefusalSentence(Model):
    """A plain sentence the team may choose when it cannot publish an idea."""

    __tablename__ = "idea_refusal_sentence"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    position: Mapped[int]
