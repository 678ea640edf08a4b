"""A round of reading of one version, its readers, and what each understood."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Encrypted, Model
from engage.core.keys import public_code
from engage.groups.models import Group
from engage.pages.models import Body, PageVersion


class ReaderKind(StrEnum):
    """What readers say of themselves; the last two help, they are not concerned."""

    LITTLE_READING = "little_reading"
    LEARNS_FRENCH = "learns_french"
    DISABILITY = "disability"
    OLDER = "older"
    PATIENT = "patient"
    CARER = "carer"
    PROFESSIONAL = "professional"


CONCERNED = frozenset(ReaderKind) - {ReaderKind.CARER, ReaderKind.PROFESSIONAL}


class Understanding(StrEnum):
    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


class ReadingRound(Model):
    """`changed` says what the readers made change. The team allows the mention "facile à lire" by an act of
    its own (`allowed_at`), after a closed round of two readers concerned; no score ever gives it.
    """

    __tablename__ = "reading_round"
    __table_args__ = (
        CheckConstraint("allowed_at IS NULL OR closed_at IS NOT NULL", name="closed_before_allowed"),
        CheckConstraint("allowed_at IS NULL OR body = 'short'", name="of_the_short_text"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    version_id: Mapped[int] = mapped_column(ForeignKey("page_version.id", ondelete="CASCADE"), index=True)
    body: Mapped[Body]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("users_group.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    closes_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    allowed_at: Mapped[datetime | None]
    changed: Mapped[str] = mapped_column(default="")
    version: Mapped[PageVersion] = relationship()
    group: Mapped[Group | None] = relationship()


class RoundReader(Model):
    """Somebody invited: a member by account, anyone by a code kept as its keyed digest, or on paper.

    `name` is for the team alone and goes a year after the round; in public a reader is a kind.
    """

    __tablename__ = "round_reader"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    round_id: Mapped[int] = mapped_column(ForeignKey("reading_round.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    secret_digest: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str | None] = mapped_column(Encrypted)
    kind: Mapped[ReaderKind | None]
    on_paper: Mapped[bool] = mapped_column(default=False, server_default=false())
    overall: Mapped[str] = mapped_column(Encrypted, default="")
    invited_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    round: Mapped[ReadingRound] = relationship()
    account: Mapped[Account | None] = relationship()


class LineMark(Model):
    """What one reader said of one line, counted from 0 in the text of the version."""

    __tablename__ = "line_mark"
    reader_id: Mapped[int] = mapped_column(
        ForeignKey("round_reader.id", ondelete="CASCADE"), primary_key=True
    )
    line: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[Understanding]
    remark: Mapped[str] = mapped_column(Encrypted, default="")
