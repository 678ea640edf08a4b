"""The file of a partner patient, for themselves and for coordination."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.groups.meeting import queries as meetings
from engage.groups.models import Group, Membership
from engage.groups.partnering.models import (
    Agreement,
    Expense,
    ExpenseState,
    Mission,
    PartnerFile,
    Training,
)
from engage.groups.registry import Hours, hours

FIRST_YEAR, LAST_YEAR = 2000, 2100
NEAR = 0.8  # of the ceiling


class Sums(NamedTuple):
    """Euro cents of a year: still to be answered, accepted, paid back; what was refused is not counted."""

    claimed: int
    accepted: int
    paid: int

    @property
    def total(self) -> int:
        return self.claimed + self.accepted + self.paid


class Held(NamedTuple):
    """A file as it stands in a year; one that nobody wrote in yet is empty."""

    file: PartnerFile
    sums: Sums

    @property
    def is_above(self) -> bool:
        return self.file.ceiling is not None and self.sums.total > self.file.ceiling

    @property
    def is_near(self) -> bool:
        ceiling = self.file.ceiling
        return ceiling is not None and not self.is_above and self.sums.total >= NEAR * ceiling


class Year(NamedTuple):
    """What somebody gave in a year. Only what the team confirmed or noted itself stands on an attestation."""

    year: int
    missions: Sequence[Mission]
    trainings: Sequence[Training]
    given: list[Hours]

    @property
    def confirmed(self) -> list[Mission]:
        return [mission for mission in self.missions if mission.confirmed_at]

    @property
    def minutes(self) -> int:
        """Meetings, events and confirmed missions."""
        return sum(one.minutes for one in self.given) + sum(one.minutes for one in self.confirmed)

    @property
    def waiting_minutes(self) -> int:
        return sum(one.minutes for one in self.missions if not one.confirmed_at)


def has_reason(account: Account) -> bool:
    """Who gives time, or gave it: partner patients, members of groups who are not of the team."""
    if account.role is Role.PARTNER:
        return True
    if account.is_staff or account.role is Role.RELAY:
        return False
    member = select(Membership.id).filter_by(account_id=account.id, ended_at=None)
    kept = (PartnerFile, Mission, Training, Expense)
    written = [select(one.account_id).filter_by(account_id=account.id).exists() for one in kept]
    return bool(db.session.scalar(select(or_(member.exists(), *written))))


def _sum(year: int, state: ExpenseState) -> ScalarSelect[int]:
    total = select(func.coalesce(func.sum(Expense.amount), 0)).where(Expense.account_id == Account.id)
    return total.where(within(Expense.day, year), Expense.state == state).scalar_subquery()


def within(column: Any, year: int) -> ColumnElement[bool]:
    """Whether a day falls into this year."""
    found: ColumnElement[bool] = column.between(date(year, 1, 1), date(year, 12, 31))
    return found


SPENT = (ExpenseState.CLAIMED, ExpenseState.ACCEPTED, ExpenseState.PAID)


def held(account: Account, year: int) -> Held:
    """The file with what was spent in a year."""
    return _held(year, Account.id == account.id)[1]


def held_by(actor: UUID, year: int) -> tuple[Account, Held]:
    """Whom the team's pages name by this random id, and their file; else 404."""
    return _held(year, Account.actor_id == actor, Account.ended_at.is_(None))


def _held(year: int, *whose: ColumnElement[bool]) -> tuple[Account, Held]:
    sums = [_sum(year, state) for state in SPENT]
    rows = select(Account, PartnerFile, *sums).outerjoin(PartnerFile).where(*whose)
    account, file, *spent = db.session.execute(rows).one_or_none() or abort(404)
    return account, Held(file or blank(account), Sums(*map(int, spent)))


def blank(account: Account) -> PartnerFile:
    """What stands before anybody wrote something: not in the session."""
    return PartnerFile(
        account_id=account.id, agreement=Agreement.VOLUNTEER, association="", skills=None, ceiling=None,
        agreed_on=None, version=1,
    )  # fmt: skip


def file(account: Account) -> PartnerFile | None:
    return db.session.get(PartnerFile, account.id)


def year(account: Account, number: int) -> Year:
    """All that was given in this year, the first day first."""
    return Year(
        number,
        db.session.scalars(_missions(account).where(within(Mission.first_day, number))).all(),
        db.session.scalars(_trainings(account).where(within(Training.day, number))).all(),
        _given(account, date(number, 1, 1), date(number, 12, 31)),
    )


def _given(account: Account, first: date, last: date) -> list[Hours]:
    """Meetings, and what higher floors bring."""
    return sorted([*meetings.minutes_given(account, first, last), *hours(account, first, last)])


def _missions(account: Account) -> Select[Mission]:
    rows = select(Mission).filter_by(account_id=account.id).options(joinedload(Mission.group))
    return rows.order_by(Mission.first_day, Mission.id)


def _trainings(account: Account) -> Select[Training]:
    return select(Training).filter_by(account_id=account.id).order_by(Training.day, Training.id)


def missions(account: Account) -> Sequence[Mission]:
    return db.session.scalars(_missions(account)).all()


def trainings(account: Account) -> Sequence[Training]:
    return db.session.scalars(_trainings(account)).all()


def expenses(account: Account) -> Sequence[Expense]:
    """The newest first."""
    rows = select(Expense).filter_by(account_id=account.id).options(joinedload(Expense.receipt))
    return db.session.scalars(rows.order_by(Expense.day.desc(), Expense.id.desc())).all()


class Whole(NamedTuple):
    """All that stands in a file."""

    file: PartnerFile
    expenses: Sequence[Expense]
    missions: Sequence[Mission]
    trainings: Sequence[Training]


def whole(account: Account) -> Whole:
    return Whole(file(account) or blank(account), expenses(account), missions(account), trainings(account))


def years(account: Account, held: Whole) -> list[Year]:
    """Those in which something stands in the file, or in which they came somewhere; the latest first.

    As many questions whatever the years.
    """
    given = _given(account, date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
    days = [one.first_day for one in held.missions] + [one.day for one in held.trainings]
    days += [one.day for one in held.expenses] + [one.day for one in given]
    return [_of_year(number, held, given) for number in sorted({day.year for day in days}, reverse=True)]


def _of_year(number: int, held: Whole, given: Sequence[Hours]) -> Year:
    return Year(
        number,
        [one for one in held.missions if one.first_day.year == number],
        [one for one in held.trainings if one.day.year == number],
        [one for one in given if one.day.year == number],
    )


def own_mission(code: str, account: Account) -> Mission:
    """Aborts with 404 for somebody else's."""
    return db.session.scalars(_missions(account).filter_by(code=code)).one_or_none() or abort(404)


def own_training(code: str, account: Account) -> Training:
    """Aborts with 404 for somebody else's."""
    return db.session.scalars(_trainings(account).filter_by(code=code)).one_or_none() or abort(404)


def mission(code: str) -> Mission:
    """Any, for coordination, locked. Aborts with 404."""
    rows = select(Mission).filter_by(code=code).with_for_update()
    return db.session.scalars(rows).one_or_none() or abort(404)


def mission_of(submission_key: str) -> Mission:
    return db.session.scalars(select(Mission).filter_by(submission_key=submission_key)).one()


def my_groups(account: Account) -> Sequence[Group]:
    """Those this person belongs to, by name."""
    rows = select(Group).join(Membership, Membership.group_id == Group.id)
    mine = rows.where(Membership.account_id == account.id, Membership.ended_at.is_(None)).distinct()
    return db.session.scalars(mine.order_by(Group.name, Group.id)).all()
