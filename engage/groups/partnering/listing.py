"""Partner patients as coordination sees them together: what waits, what a year gave and cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, or_, select

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.groups.partnering.models import Expense, Mission, PartnerFile
from engage.groups.partnering.queries import SPENT, within

MOST_SHOWN = 200


class Line(NamedTuple):
    """One person in a year: minutes of confirmed missions, euro cents."""

    account: Account
    file: PartnerFile | None
    minutes: int
    spent: int

    @property
    def is_above(self) -> bool:
        return bool(self.file and self.file.ceiling is not None and self.spent > self.file.ceiling)


def everybody(year: int) -> list[Line]:
    """Partner patients, and whoever else has something in a file, by name."""
    done = select(func.coalesce(func.sum(Mission.minutes), 0)).where(Mission.account_id == Account.id)
    done = done.where(within(Mission.first_day, year), Mission.confirmed_at.is_not(None))
    cost = select(func.coalesce(func.sum(Expense.amount), 0)).where(Expense.account_id == Account.id)
    cost = cost.where(within(Expense.day, year), Expense.state.in_(SPENT))
    rows = select(Account, PartnerFile, done.scalar_subquery(), cost.scalar_subquery())
    has = [select(one.account_id).where(one.account_id == Account.id).exists() for one in (Mission, Expense)]
    wanted = or_(Account.role == Role.PARTNER, PartnerFile.account_id.is_not(None), *has)
    theirs = rows.outerjoin(PartnerFile).where(wanted, Account.ended_at.is_(None))
    ordered = theirs.order_by(Account.first_name, Account.last_name, Account.id)
    return [
        Line(account, file, int(done), int(cost)) for account, file, done, cost in db.session.execute(ordered)
    ]


def to_confirm() -> Sequence[tuple[Mission, Account]]:
    """Missions that the team has not confirmed, the oldest first."""
    rows = select(Mission, Account).join(Account, Account.id == Mission.account_id)
    waiting = rows.where(Mission.confirmed_at.is_(None)).order_by(Mission.first_day, Mission.id)
    return [(mission, account) for mission, account in db.session.execute(waiting.limit(MOST_SHOWN))]
