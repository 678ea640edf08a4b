"""The health centre itself: one row of facts, its referents, its closing days, its staff list."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from flask import url_for
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Encrypted, Model
from engage.core.i18n import gettext
from engage.uploads.models import Upload


def phone_uri(phone: str) -> str:
    """The address a phone dials: digits only, the plus sign kept."""
    return "tel:" + "".join(sign for sign in phone if sign.isdigit() or sign == "+")


class Conformity(StrEnum):
    """What a recorded audit of accessibility allows to say."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


class Centre(Model):
    """The one row (id 1) that says who we are and how we work."""

    __tablename__ = "centre"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    name: Mapped[str]
    tagline: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    how_to_come: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    hours: Mapped[str] = mapped_column(default="")
    reading_hours: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="Europe/Paris")
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id", ondelete="SET NULL"))
    colour: Mapped[str] = mapped_column(default="")
    deed_colour: Mapped[str] = mapped_column(default="")
    answer_days: Mapped[int] = mapped_column(default=15)
    erase_after_months: Mapped[int] = mapped_column(default=6)
    staff_second_factor: Mapped[bool | None]
    director: Mapped[str] = mapped_column(default="")
    publisher: Mapped[str] = mapped_column(default="")
    host: Mapped[str] = mapped_column(default="")
    data_contact: Mapped[str] = mapped_column(default="")
    conformity: Mapped[Conformity] = mapped_column(default=Conformity.NONE)
    audited_on: Mapped[date | None]
    audit_by: Mapped[str] = mapped_column(default="")
    known_gaps: Mapped[str] = mapped_column(default="")
    updated_at: Mapped[datetime]
    logo: Mapped[Upload | None] = relationship()

    @property
    def phone_uri(self) -> str:
        return phone_uri(self.phone)

    @property
    def has_theme(self) -> bool:
        return bool(self.colour or self.deed_colour)

    @property
    def logo_url(self) -> str | None:
        return url_for("home.picture", name=self.logo.name) if self.logo else None

    @property
    def accessibility_line(self) -> str:
        """What the law asks to be said on every page; "non conforme" until an audit is recorded."""
        if self.conformity is Conformity.FULL:
            return gettext("Accessibility: fully compliant")
        if self.conformity is Conformity.PARTIAL:
            return gettext("Accessibility: partly compliant")
        return gettext("Accessibility: not compliant")


class Referent(Model):
    """A named person to turn to; between two dates their messages go to `cover`."""

    __tablename__ = "referent"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    first_name: Mapped[str]
    title: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    hours: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id", ondelete="SET NULL"))
    position: Mapped[int] = mapped_column(default=0)
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    photo: Mapped[Upload | None] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=account_id)

    @property
    def phone_uri(self) -> str:
        return phone_uri(self.phone)

    @property
    def photo_url(self) -> str | None:
        return url_for("home.picture", name=self.photo.name) if self.photo else None


class ClosingDay(Model):
    """Days when nobody is there, both included."""

    __tablename__ = "closing_day"
    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")


class StaffName(Model):
    """A name of someone who works here: never to appear in a published text."""

    __tablename__ = "staff_name"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class WayOut(StrEnum):
    """Who receives a complaint about care or about a named person."""

    MEDIATOR = "mediator"
    REPRESENTATIVES = "representatives"


class Contact(Model):
    """Where a complaint can go instead of becoming an idea."""

    __tablename__ = "contact"
    kind: Mapped[WayOut] = mapped_column(primary_key=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    hours: Mapped[str] = mapped_column(default="")


class Complaint(Model):
    """A message to the referent about care or a person: private, never an idea without consent."""

    __tablename__ = "complaint"
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_key: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str] = mapped_column(Encrypted)
    contact: Mapped[str | None] = mapped_column(Encrypted)
    received_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
