"""What is to be told to somebody: one row a message, written with the change it tells."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from engage.core import keys
from engage.core.db import Encrypted, Model
from engage.core.keys import public_code

SIGNATURE = "\n-- \n"  # what mail programs show apart (RFC 3676, 4.3)


def mail_digest(address: str) -> str:
    """By which an e-mail address is found without being readable; case and outer spaces do not matter."""
    return keys.digest("email", address.strip().lower())


class Channel(StrEnum):
    """How a message reaches a person; all but mail and SMS wait for a human being."""

    MAIL = "mail"
    SMS = "sms"
    PHONE = "phone"
    LETTER = "letter"
    RECEPTION = "reception"


SENT_BY_US = (Channel.MAIL, Channel.SMS)


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    STOPPED = "stopped"
    TOLD = "told"


class Kind(StrEnum):
    """What a message is for; a person can stop each kind but codes and alerts."""

    CODE = "code"
    CONFIRMATION = "confirmation"
    NEWS = "news"
    REMINDER = "reminder"
    WORK = "work"
    MORNING = "morning"
    ALERT = "alert"

    @property
    def can_stop(self) -> bool:
        return self not in {Kind.CODE, Kind.ALERT}

    @property
    def can_repeat(self) -> bool:
        """Better twice than never: sent again without asking when nobody knows whether it left."""
        return self in {Kind.CODE, Kind.CONFIRMATION}


class Message(Model):
    """`key` makes a message unique; `lease_until` says until when one worker holds it.

    `code` stands in addresses; `address_digest` says to whom, `about_kind` and `about_ref` of which thing.
    `problem` is what the mail server or the gateway last said; empty when it said nothing.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_state_not_before", "state", "not_before"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[Kind]
    channel: Mapped[Channel]
    state: Mapped[State] = mapped_column(default=State.WAITING)
    address: Mapped[str | None] = mapped_column(Encrypted)
    address_digest: Mapped[str | None] = mapped_column(index=True)
    person: Mapped[str | None] = mapped_column(Encrypted)
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Encrypted)
    about_kind: Mapped[str] = mapped_column(default="")
    about_ref: Mapped[str] = mapped_column(default="")
    message_id: Mapped[str]
    stop_token_digest: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(Encrypted, default="")
    told_at: Mapped[datetime | None]
    told_by_id: Mapped[int | None]
    told_by_name: Mapped[str] = mapped_column(default="")

    @property
    def words(self) -> str:
        """What it says, without the way to stop that stands below a mail: that link is the reader's alone."""
        said = self.body.rpartition(SIGNATURE)[0] if self.stop_token_digest else ""
        return (said or self.body).strip()

    @property
    def untold(self) -> State:
        """How it stood before somebody told the person."""
        if self.channel not in SENT_BY_US:
            return State.WAITING
        return State.REFUSED if self.problem else State.UNCERTAIN


class Stop(Model):
    """A person wants no more messages of this kind at this address."""

    __tablename__ = "message_stop"
    address_digest: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(primary_key=True)
    at: Mapped[datetime]
