"""Who joined a group once, to be signed up for each of its dates."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Encrypted, Model
from engage.core.keys import public_code
from engage.events.kinds import CompanionRole, Reminded
from engage.events.models import Event
from engage.events.signing.models import MOST_PEOPLE
from engage.intake.models import Reply


class Member(Model):
    """One party of a group. Name and contact are gone some time after it left (as those of sign-ups are).

    `person_digest` tells one person from another, as in sign-ups. The sign-up for a date has a
    `submission_key` made of this `code` and the date, so that it is written once whatever happens.
    `companions` are their roles; `companion_names` and `answers` are JSON lists, in the same order and in
    that of the organiser's questions.
    """

    __tablename__ = "event_member"
    __table_args__ = (
        CheckConstraint(f"party BETWEEN 1 AND {MOST_PEOPLE}", name="party"),
        Index(
            "uq_event_member_person",
            "event_id",
            "person_digest",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    submission_key: Mapped[str] = mapped_column(unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"))
    person_digest: Mapped[str | None]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    name: Mapped[str | None] = mapped_column(Encrypted)
    reply: Mapped[Reply]
    contact: Mapped[str | None] = mapped_column(Encrypted)
    language: Mapped[str] = mapped_column(default="fr")
    party: Mapped[int]
    companions: Mapped[list[Any]]
    companion_names: Mapped[str | None] = mapped_column(Encrypted)
    needs: Mapped[list[Any]]
    needs_words: Mapped[str | None] = mapped_column(Encrypted)
    answers: Mapped[str | None] = mapped_column(Encrypted)
    reminded_by: Mapped[Reminded | None]
    agrees_to_photos: Mapped[bool] = mapped_column(default=False, server_default=false())
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    event: Mapped[Event] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=account_id)

    @property
    def said(self) -> list[str]:
        """The answers to the organiser's questions, in their order."""
        found: list[str] = json.loads(self.answers or "[]")
        return found

    @property
    def beside(self) -> list[tuple[CompanionRole, str]]:
        """Who always comes along, named or not."""
        names: list[str] = json.loads(self.companion_names or "[]")
        pairs = zip_longest(self.companions, names[: len(self.companions)], fillvalue="")
        return [(CompanionRole(role), name) for role, name in pairs]
