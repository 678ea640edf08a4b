"""Groups of people who meet, and who belongs to them: a membership begins and ends, it is never edited."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Encrypted, Model
from engage.core.guards import listen
from engage.core.keys import public_code
from engage.groups import guards


class GroupKind(StrEnum):
    COMMISSION = "commission"
    WORKING_GROUP = "working_group"
    CIRCLE = "circle"
    READING_PANEL = "reading_panel"
    PEERS = "peers"
    WALK_COMMITTEE = "walk_committee"


class Entry(StrEnum):
    """How one comes in: by asking, by an application, or invited only."""

    OPEN = "open"
    APPLICATION = "application"
    INVITATION = "invitation"


class Side(StrEnum):
    """For whom somebody speaks; the first two are users."""

    PATIENT = "patient"
    CARER = "carer"
    TEAM = "team"
    ELECTED = "elected"
    ASSOCIATION = "association"


USERS = (Side.PATIENT, Side.CARER)


class MemberKind(StrEnum):
    MEMBER = "member"
    CO_CHAIR = "co_chair"
    FACILITATOR = "facilitator"
    SECRETARY = "secretary"
    SUBSTITUTE = "substitute"


class Autonomy(StrEnum):
    """Five steps from a group that the team proposes to one that decides; their rights: `permissions`."""

    PROPOSED = "proposed"
    CO_LED = "co_led"
    OWN_AGENDA = "own_agenda"
    OWN_CHAIR = "own_chair"
    OWN_DECISIONS = "own_decisions"


class Group(Model):
    """`aim` is one sentence; `mandate` the letter that says what the group is asked and allowed to do.

    `budget_line` is what it decides about at the last step of autonomy, in words.
    """

    __tablename__ = "users_group"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="term"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    version: Mapped[int] = mapped_column()
    kind: Mapped[GroupKind]
    name: Mapped[str]
    aim: Mapped[str]
    mandate: Mapped[str] = mapped_column(default="")
    budget_line: Mapped[str] = mapped_column(default="")
    rhythm: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    entry: Mapped[Entry] = mapped_column(default=Entry.APPLICATION)
    autonomy: Mapped[Autonomy] = mapped_column(default=Autonomy.PROPOSED)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    is_public: Mapped[bool] = mapped_column(default=True, server_default=true())
    referent_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    referent: Mapped[Account | None] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class GroupPlaces(Model):
    """How many places a group keeps for a side. `lock` is bumped first by whatever fills or frees one."""

    __tablename__ = "group_places"
    __table_args__ = (CheckConstraint("places BETWEEN 0 AND 100", name="some"),)
    group_id: Mapped[int] = mapped_column(ForeignKey("users_group.id", ondelete="CASCADE"), primary_key=True)
    side: Mapped[Side] = mapped_column(primary_key=True)
    places: Mapped[int]
    lock: Mapped[int] = mapped_column(default=0)


class Membership(Model):
    """Somebody belongs to a group from `begun_at` on. Only its end may be written, once.

    `substitute_for_id` is the membership whose holder a substitute stands in for. `ended_why`: in the
    person's own words, or none. The row outlives the account: history counts, and names nobody then.
    """

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_active",
            "group_id",
            "account_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint("ended_at IS NULL OR ended_at >= begun_at", name="ends_after_it_begins"),
        CheckConstraint("substitute_for_id IS NULL OR kind = 'substitute'", name="substitute"),
        CheckConstraint("substitute_for_id <> id", name="not_for_oneself"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    group_id: Mapped[int] = mapped_column(ForeignKey("users_group.id", ondelete="RESTRICT"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    side: Mapped[Side]
    kind: Mapped[MemberKind]
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id", ondelete="SET NULL"))
    begun_at: Mapped[datetime]
    mandate_ends_on: Mapped[date | None]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    ended_why: Mapped[str | None] = mapped_column(Encrypted)
    group: Mapped[Group] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=account_id)

    @property
    def is_active(self) -> bool:
        return self.ended_at is None


class MembershipPause(Model):
    """From `begun_at` until the day before `until` (None: until they come back) nothing is asked or sent."""

    __tablename__ = "membership_pause"
    __table_args__ = (
        Index(
            "uq_membership_pause_open",
            "membership_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id", ondelete="CASCADE"), index=True)
    begun_at: Mapped[datetime]
    until: Mapped[date | None]
    ended_at: Mapped[datetime | None]


class MembershipWish(Model):
    """What a member chose: to be named on the public page, the weekly letter, papers by post.

    `feed` is raised to make the address of their calendar anew.
    """

    __tablename__ = "membership_wish"
    membership_id: Mapped[int] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), primary_key=True
    )
    is_named: Mapped[bool] = mapped_column(default=False, server_default=false())
    wants_digest: Mapped[bool] = mapped_column(default=True, server_default=true())
    wants_post: Mapped[bool] = mapped_column(default=False, server_default=false())
    address: Mapped[str | None] = mapped_column(Encrypted)
    feed: Mapped[int] = mapped_column(default=0)


SQLITE_GUARDS, POSTGRES_GUARDS = guards.SQLITE, guards.POSTGRESQL
listen(Membership.__table__, sqlite=SQLITE_GUARDS, postgresql=POSTGRES_GUARDS)
