"""How many hours partner patients gave in a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import CompoundSelect, Select, func, null, select, union, union_all
from sqlalchemy.orm import contains_eager, joinedload

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.events.after.models import Presence
from engage.events.kinds import CAME
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from engage.groups.registry import Hours


class Given(NamedTuple):
    """What one person gave: so many dates, and minutes in all."""

    name: str
    dates: int
    minutes: int


def _came() -> CompoundSelect[int | None, int]:
    """Each person and date once, however they signed up, and whether or not the list is still there."""
    listed = select(SignUp.account_id, SignUp.occurrence_id).where(SignUp.state.in_(CAME))
    kept = select(Presence.account_id, Presence.occurrence_id)
    return union(listed.where(SignUp.account_id.is_not(None)), kept)


def _given(year: int, only: Account | None = None) -> Select[int | None, int, int]:
    came, days = _came().subquery(), Occurrence.day.between(date(year, 1, 1), date(year, 12, 31))
    number, minutes = func.count(Occurrence.id), func.coalesce(func.sum(Occurrence.minutes), 0)
    rows = select(came.c.account_id, number, minutes).join(Occurrence, Occurrence.id == came.c.occurrence_id)
    asked = rows.where(days) if only is None else rows.where(days, came.c.account_id == only.id)
    return asked.group_by(came.c.account_id)


def of_everybody(year: int) -> list[Given]:
    """Each partner patient by name, those who gave nothing too."""
    found = {account_id: (dates, minutes) for account_id, dates, minutes in db.session.execute(_given(year))}
    return [Given(one.full_name, *found.get(one.id, (0, 0))) for one in _partners()]


def _partners() -> Sequence[Account]:
    rows = select(Account).where(Account.role == Role.PARTNER, Account.ended_at.is_(None))
    return db.session.scalars(rows.order_by(Account.last_name, Account.first_name, Account.id)).all()


def of(account: Account, year: int) -> Given:
    """What this person gave."""
    row = db.session.execute(_given(year, account)).one_or_none()
    return Given(account.full_name, row[1], row[2]) if row else Given(account.full_name, 0, 0)


def by_day(account: Account, first: date, last: date) -> list[Hours]:
    """Each date from one day to another that this person came to, under the title that others may read."""
    came = _came().subquery()
    rows = select(Occurrence).join(came, came.c.occurrence_id == Occurrence.id).join(Occurrence.event)
    days = Occurrence.day.between(first, last)
    mine = rows.where(days, came.c.account_id == account.id).options(contains_eager(Occurrence.event))
    return [Hours(one.day, one.event.discreet_title, one.minutes) for one in db.session.scalars(mine)]


class Attended(NamedTuple):
    """A date somebody came to; `code` of their sign-up, None where the list is forgotten."""

    occurrence: Occurrence
    code: str | None


def attended(account: Account, most: int | None) -> list[Attended]:
    """The last dates this person came to, the latest first."""
    mine = (SignUp.account_id == account.id) & SignUp.state.in_(CAME)
    listed = select(SignUp.occurrence_id, func.min(SignUp.code).label("code")).where(mine)
    kept = select(Presence.occurrence_id, null().label("code")).where(Presence.account_id == account.id)
    both = union_all(listed.group_by(SignUp.occurrence_id), kept).subquery()
    came = select(both.c.occurrence_id, func.max(both.c.code).label("code")).group_by(both.c.occurrence_id)
    dates = came.subquery()
    rows = select(Occurrence, dates.c.code).join(dates, dates.c.occurrence_id == Occurrence.id)
    whole = rows.join(Occurrence.event).options(contains_eager(Occurrence.event))
    last = whole.order_by(Occurrence.starts_at.desc(), Occurrence.id).limit(most)
    return [Attended(*row) for row in db.session.execute(last)]


def kept_date(code: str, account: Account) -> Occurrence | None:
    """The date `code`, if this person came to it and only that is kept."""
    rows = select(Occurrence).join(Presence, Presence.occurrence_id == Occurrence.id)
    mine = rows.where(Occurrence.code == code, Presence.account_id == account.id)
    return db.session.scalars(mine.options(joinedload(Occurrence.event))).one_or_none()
