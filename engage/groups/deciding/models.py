"""How a group decides: simple ways, counted without names, and a day to look at it again."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Model
from engage.core.keys import public_code
from engage.groups.meeting.models import Meeting
from engage.groups.models import Group


class Way(StrEnum):
    """Nobody objects; hands are counted; each option gets 0 to 5; alone, by two, by four, all together."""

    CONSENT = "consent"
    HANDS = "hands"
    SCORES = "scores"
    SUMMARY = "summary"


class Decision(Model):
    """One question and what came out of it.

    `options` are those to choose from; `counts` what was counted, by option: objections for CONSENT, hands
    for HANDS, sums and number of ballots for SCORES, how many tables said it for SUMMARY. `moves_autonomy`
    is the step of autonomy that the group decides about, "" for any other question.
    """

    __tablename__ = "decision"
    __table_args__ = (CheckConstraint("reviewed_at IS NULL OR closed_at IS NOT NULL", name="closed_first"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    version: Mapped[int] = mapped_column()
    group_id: Mapped[int] = mapped_column(ForeignKey("users_group.id", ondelete="RESTRICT"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", ondelete="SET NULL"), index=True)
    way: Mapped[Way]
    question: Mapped[str]
    options: Mapped[list[Any]]
    counts: Mapped[dict[str, Any]]
    words: Mapped[str] = mapped_column(default="")
    is_adopted: Mapped[bool | None]
    is_public: Mapped[bool] = mapped_column(default=False)
    moves_autonomy: Mapped[str] = mapped_column(default="", server_default="")
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime | None]
    review_on: Mapped[date | None]
    reviewed_at: Mapped[datetime | None]
    review_words: Mapped[str] = mapped_column(default="")
    group: Mapped[Group] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class Ballot(Model):
    """Somebody's scores: neither person nor time, and no row says who filled it. Gone once counted."""

    __tablename__ = "ballot"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), index=True)
    scores: Mapped[dict[str, Any]]


class BallotTicket(Model):
    """A member has voted: that, never what. No time either, so that nothing ties it to a ballot."""

    __tablename__ = "ballot_ticket"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), primary_key=True, index=True
    )
