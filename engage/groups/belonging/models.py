"""Ways into a group and to stay in it: an invitation for one person, a renewal proposed in time."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Model
from engage.groups.models import Group, MemberKind, Membership, Side
from engage.involvement.models import Person


class GroupInvitation(Model):
    """One person is asked into one group: bound to an account, or to somebody on the way without one.

    Used once, before `expires_at`; it keeps a place of its side until then.
    """

    __tablename__ = "group_invitation"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (person_id IS NULL)", name="one_person"),
        Index(
            "uq_group_invitation_open_account",
            "group_id",
            "account_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_group_invitation_open_person",
            "group_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code_digest: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("users_group.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("involvement_person.id", ondelete="CASCADE"), index=True
    )
    side: Mapped[Side]
    kind: Mapped[MemberKind]
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id", ondelete="SET NULL"))
    mandate_ends_on: Mapped[date | None]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id", ondelete="SET NULL"))
    group: Mapped[Group] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=account_id)
    person: Mapped[Person | None] = relationship()


class Renewal(Model):
    """A mandate that ends soon may go on: proposed once a membership, answered by its holder or never.

    With a yes the membership ends and `renewed_id` begins; where the term of the group ends with the mandate,
    that waits until the group goes on.
    """

    __tablename__ = "membership_renewal"
    __table_args__ = (CheckConstraint("(answered_at IS NULL) = (goes_on IS NULL)", name="answer"),)
    membership_id: Mapped[int] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), primary_key=True
    )
    proposed_at: Mapped[datetime]
    mandate_ends_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    goes_on: Mapped[bool | None]
    renewed_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id", ondelete="SET NULL"))
    membership: Mapped[Membership] = relationship(foreign_keys=membership_id)

    @property
    def waits_for_group(self) -> bool:
        """The term of the group ends with this mandate, or before: nobody can go on unless it does."""
        last, over = self.membership.mandate_ends_on, self.membership.group.ends_on
        return last is not None and over is not None and over <= last

    @property
    def is_put_off(self) -> bool:
        """A yes that waits for the group."""
        return self.goes_on is True and self.renewed_id is None
