"""People with an account, how they prove who they are, and where they are signed in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from unicodedata import normalize
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core import keys
from engage.core.db import Encrypted, Model

MEMBER_DAYS = 30
"""How long a browser stays signed in without a visit; the team's own limit is in minutes, in the settings."""


class Role(StrEnum):
    MEMBER = "member"
    PARTNER = "partner"
    RELAY = "relay"
    STAFF = "staff"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


def plain_email(email: str) -> str:
    """One writing for each address, whatever its case and spaces."""
    return normalize("NFC", email.strip()).casefold()


def email_digest(email: str) -> str:
    """What finds an encrypted address."""
    return keys.digest("email", plain_email(email))


WHOM = "account "


def actor_of(whom: str) -> UUID | None:
    """Whose message it is, by its `whom`; None where that names no account."""
    try:
        return UUID(whom.removeprefix(WHOM)) if whom.startswith(WHOM) else None
    except ValueError:
        return None


STAFF_ROLES = {Role.STAFF, Role.COORDINATOR, Role.ADMIN}


class Account(Model):
    """A person; `actor_id` is the random id the journal keeps. `email_digest` finds the encrypted address."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("(email IS NULL) = (email_digest IS NULL)", name="email_and_digest"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    role: Mapped[Role]
    first_name: Mapped[str]
    last_name: Mapped[str] = mapped_column(default="")
    job: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None] = mapped_column(Encrypted)
    email_digest: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str | None] = mapped_column(Encrypted)
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None] = mapped_column(Encrypted)
    totp_last_step: Mapped[int | None]
    language: Mapped[str] = mapped_column(default="fr")
    morning_mail: Mapped[bool] = mapped_column(default=True)
    due_mail: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF_ROLES and self.is_active

    @property
    def is_coordinator(self) -> bool:
        return self.role in {Role.COORDINATOR, Role.ADMIN} and self.is_active

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN and self.is_active

    @property
    def is_active(self) -> bool:
        return self.ended_at is None

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def whom(self) -> str:
        """What a message without an address is found by (`whom` of outbox)."""
        return f"{WHOM}{self.actor_id}"


class SignIn(Model):
    """One browser where an account is signed in; its token stands, as a digest, only here.

    `second_factor`: whether it was shown here; `proved_at`: when last shown again, to change something grave.
    """

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    device: Mapped[str] = mapped_column(default="")
    second_factor: Mapped[bool] = mapped_column(default=False)
    proved_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class MailedCode(Model):
    """A code sent by mail to one address for one browser: erased when used, tries counted in core.limits.

    It is written for any address, known or not, so that nothing tells the two apart.
    """

    __tablename__ = "mailed_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    browser_digest: Mapped[str] = mapped_column(unique=True)
    address_digest: Mapped[str] = mapped_column(index=True)
    code_digest: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class RecoveryCode(Model):
    """A printed code that replaces the second factor once, and is erased then."""

    __tablename__ = "recovery_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)


class Passkey(Model):
    """A key held by a phone or a computer (WebAuthn)."""

    __tablename__ = "passkey"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    created_at: Mapped[datetime]


class Invitation(Model):
    """A way in for one person: a link sent to `email`, or without it a printed slip. Erased when used."""

    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    code_digest: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role]
    first_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None] = mapped_column(Encrypted)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ParkedForm(Model):
    """What somebody was writing when their session ended, kept encrypted until they are back.

    Without `account_id` the browser had forgotten whose it is: only its key finds it.
    """

    __tablename__ = "parked_form"
    key_digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    content: Mapped[str] = mapped_column(Encrypted)
    expires_at: Mapped[datetime] = mapped_column(index=True)
