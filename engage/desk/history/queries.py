"""The journal, newest first, by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from engage.accounts.models import Account
from engage.centre.queries import zone
from engage.core.db import db
from engage.journal.models import Entry

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What the journal is asked for; None and "" ask for nothing."""

    verb: str = ""
    ref: str = ""
    person_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Line:
    """One thing that was done; `name` is empty when the person is erased or it was the system."""

    entry: Entry
    name: str


@dataclass(frozen=True)
class Book:
    lines: Sequence[Line]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def book(wanted: Wanted, number: int) -> Book:
    """One query: each row carries the total."""
    rows = select(Entry, Account, func.count().over()).outerjoin(Account, Account.actor_id == Entry.actor)
    rows = rows.where(*_conditions(wanted)).order_by(Entry.id.desc())
    found = db.session.execute(rows.limit(PAGE).offset((number - 1) * PAGE)).all()
    lines = [Line(entry, person.full_name if person else "") for entry, person, _total in found]
    return Book(lines, found[0][2] if found else 0, number)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.verb:
        conditions.append(Entry.verb == wanted.verb)
    if wanted.ref:
        conditions.append(Entry.subject_ref == wanted.ref)
    if wanted.person_id:
        conditions.append(
            Entry.actor == select(Account.actor_id).where(Account.id == wanted.person_id).scalar_subquery()
        )
    if wanted.since:
        conditions.append(Entry.at >= _midnight(wanted.since))
    if wanted.until:
        conditions.append(Entry.at < _midnight(wanted.until + timedelta(days=1)))
    return conditions


def _midnight(day: date) -> datetime:
    """When this day begins at the centre."""
    return datetime.combine(day, time(), ZoneInfo(zone()))
