"""How many hours partner patients gave in a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.events.kinds import CAME
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp


class Given(NamedTuple):
    """What one person gave: so many dates, and minutes in all."""

    name: str
    dates: int
    minutes: int


def _came(year: int) -> Select[int | None, int, int]:
    """Each person and date once, however they signed up."""
    rows = select(SignUp.account_id, Occurrence.id, Occurrence.minutes).join(SignUp.occurrence).distinct()
    days = Occurrence.day.between(date(year, 1, 1), date(year, 12, 31))
    return rows.where(days, SignUp.state.in_(CAME), SignUp.account_id.is_not(None))


def of_everybody(year: int) -> list[Given]:
    """Each partner patient by name, those who gave nothing too."""
    came = _came(year).subquery()
    sums = select(came.c.account_id, func.count(), func.sum(came.c.minutes)).group_by(came.c.account_id)
    found = {account_id: (dates, minutes) for account_id, dates, minutes in db.session.execute(sums)}
    return [Given(one.full_name, *found.get(one.id, (0, 0))) for one in _partners()]


def _partners() -> Sequence[Account]:
    rows = select(Account).where(Account.role == Role.PARTNER, Account.ended_at.is_(None))
    return db.session.scalars(rows.order_by(Account.last_name, Account.first_name, Account.id)).all()


def of(account: Account, year: int) -> Given:
    """What this person gave."""
    came = _came(year).where(SignUp.account_id == account.id).subquery()
    sums = select(func.count(), func.coalesce(func.sum(came.c.minutes), 0)).select_from(came)
    dates, minutes = db.session.execute(sums).one()
    return Given(account.full_name, dates, minutes)


def attended(account: Account, most: int) -> Sequence[SignUp]:
    """The last dates this person came to, the latest first."""
    rows = select(SignUp).join(SignUp.occurrence).join(Occurrence.event)
    mine = rows.where(SignUp.account_id == account.id, SignUp.state.in_(CAME))
    whole = contains_eager(SignUp.occurrence).contains_eager(Occurrence.event)
    return db.session.scalars(
        mine.options(whole).order_by(Occurrence.starts_at.desc(), SignUp.id).limit(most)
    ).all()
