"""The file of a partner patient, which belongs to them: skills, training, missions, hours, expenses."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Encrypted, Model
from engage.core.keys import public_code
from engage.groups.models import Group
from engage.uploads.models import Upload


class Agreement(StrEnum):
    """How somebody works with the centre: for nothing, costs paid back, for a fee, through an association."""

    VOLUNTEER = "volunteer"
    EXPENSES = "expenses"
    FEE = "fee"
    ASSOCIATION = "association"


class ExpenseKind(StrEnum):
    TRAVEL = "travel"
    MEAL = "meal"
    CARE = "care"
    OTHER = "other"


class ExpenseState(StrEnum):
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PAID = "paid"


class PartnerFile(Model):
    """One a person. `ceiling` in euro cents a year, above which the team is told; None: no ceiling."""

    __tablename__ = "partner_file"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column()
    skills: Mapped[str | None] = mapped_column(Encrypted)
    agreement: Mapped[Agreement] = mapped_column(default=Agreement.VOLUNTEER)
    association: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[date | None]
    ceiling: Mapped[int | None]
    account: Mapped[Account] = relationship()
    __mapper_args__ = {"version_id_col": version}


class Training(Model):
    __tablename__ = "partner_training"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    given_by: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    minutes: Mapped[int]


class Mission(Model):
    """Something done with the centre, and the time it took; `confirmed_at`: the team says so too."""

    __tablename__ = "partner_mission"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    submission_key: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("users_group.id", ondelete="SET NULL"))
    title: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    minutes: Mapped[int]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    group: Mapped[Group | None] = relationship()


class Expense(Model):
    """Money to pay back, `amount` in euro cents, with a photo or a PDF of the receipt. Taxes are not ours."""

    __tablename__ = "partner_expense"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(state = 'claimed') = (answered_at IS NULL)", name="answered"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    submission_key: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("users_group.id", ondelete="SET NULL"))
    kind: Mapped[ExpenseKind]
    day: Mapped[date]
    amount: Mapped[int]
    words: Mapped[str | None] = mapped_column(Encrypted)
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id", ondelete="SET NULL"))
    state: Mapped[ExpenseState] = mapped_column(default=ExpenseState.CLAIMED)
    claimed_at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    paid_on: Mapped[date | None]
    receipt: Mapped[Upload | None] = relationship()
