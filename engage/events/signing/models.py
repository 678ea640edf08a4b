"""Who comes to which date, with whom, what they need, and how that changed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Encrypted, Model
from engage.core.keys import public_code
from engage.events.kinds import ACTIVE, Cause, CompanionRole, Reminded, SignUpState
from engage.events.models import Occurrence
from engage.intake.models import Door, Reply

MOST_PEOPLE = 6
IS_ACTIVE = text(f"state IN ({', '.join(repr(state.value) for state in ACTIVE)})")


class SignUp(Model):
    """One party: a person and who comes along. Its name and contact are gone when the list is anonymised.

    `person_digest` tells one person from another: of the account, else of the folded name with the contact;
    None without a contact. `queue` is the place in the waiting line, the smallest first. `answers` are those
    to the organiser's questions, in their order. `reminded_by` None: as `reply` says.
    """

    __tablename__ = "sign_up"
    __table_args__ = (
        CheckConstraint(f"party BETWEEN 1 AND {MOST_PEOPLE}", name="party"),
        CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name="offered_until"),
        CheckConstraint("(state = 'waiting') = (queue IS NOT NULL)", name="queue_while_waiting"),
        CheckConstraint("offers BETWEEN 0 AND 2", name="offers"),
        Index(
            "uq_sign_up_active_person",
            "occurrence_id",
            "person_digest",
            unique=True,
            sqlite_where=IS_ACTIVE,
            postgresql_where=IS_ACTIVE,
        ),
        Index("ix_sign_up_occurrence_id_state", "occurrence_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    submission_key: Mapped[str] = mapped_column(unique=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("event_occurrence.id", ondelete="RESTRICT"))
    person_digest: Mapped[str | None]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    name: Mapped[str | None] = mapped_column(Encrypted)
    reply: Mapped[Reply]
    contact: Mapped[str | None] = mapped_column(Encrypted)
    language: Mapped[str] = mapped_column(default="fr")
    party: Mapped[int]
    state: Mapped[SignUpState]
    is_reserved: Mapped[bool] = mapped_column(default=False)
    queue: Mapped[int | None]
    offered_until: Mapped[datetime | None]
    offers: Mapped[int] = mapped_column(default=0)
    needs: Mapped[list[Any]]
    needs_words: Mapped[str | None] = mapped_column(Encrypted)
    answers: Mapped[str | None] = mapped_column(Encrypted)
    door: Mapped[Door] = mapped_column(default=Door.WEB, server_default=Door.WEB.value)
    reminded_by: Mapped[Reminded | None]
    agrees_to_photos: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    occurrence: Mapped[Occurrence] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=account_id)
    companions: Mapped[list[Companion]] = relationship(order_by="Companion.id", cascade="all, delete-orphan")

    @property
    def said(self) -> list[str]:
        """The answers to the organiser's questions, in their order."""
        found: list[str] = json.loads(self.answers or "[]")
        return found


class Companion(Model):
    """Somebody who comes along, named or not."""

    __tablename__ = "sign_up_companion"
    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), index=True)
    role: Mapped[CompanionRole]
    name: Mapped[str | None] = mapped_column(Encrypted)


class SignUpChange(Model):
    """One change of a sign-up: when, by whom or what, and why. `to_tell`: the person has not heard of it."""

    __tablename__ = "sign_up_change"
    __table_args__ = (
        Index(
            "ix_sign_up_change_to_tell", "id", sqlite_where=text("to_tell"), postgresql_where=text("to_tell")
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    state: Mapped[SignUpState]
    party: Mapped[int]
    cause: Mapped[Cause]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    why: Mapped[str] = mapped_column(default="")
    to_tell: Mapped[bool] = mapped_column(default=False, server_default=false())
    sign_up: Mapped[SignUp] = relationship()
