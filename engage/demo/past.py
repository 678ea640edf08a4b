"""When things happened in the story, counted back from today, and acts that carry that moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy import event
from sqlalchemy.orm import Session

from engage.core.clock import local, now
from engage.core.db import Model, Moment, db

# A day or a month in a sentence, counted from the act: {jour+12}, {mois+60}.
SAID = re.compile(r"\{(jour|mois)([+-]\d+)\}")
PATTERNS = {"jour": "EEEE d MMMM", "mois": "MMMM y"}
A_MINUTE = timedelta(minutes=1)
HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}


@dataclass(frozen=True)
class Calendar:
    """Days of the story, seen from `present` on the wall clock of `zone`."""

    present: datetime
    zone: str

    @property
    def today(self) -> date:
        return local(self.present, self.zone).date()

    def day(self, ago: int, *, working: bool = False) -> date:
        """The day `ago` days before today; when the team must be there, the next working day up to today."""
        found = self.today - timedelta(days=ago)
        if not working:
            return found
        return worked(found) if worked(found) <= self.today else worked(found, forward=False)

    def moment(self, on: date, hour: str) -> datetime:
        """That hour (`09:40`) of the wall clock on that day, never later than the present."""
        return min(self.planned(on, hour), self.present)

    def planned(self, on: date, hour: str) -> datetime:
        """That hour of the wall clock on that day, past or to come."""
        there = datetime.combine(on, time.fromisoformat(hour), ZoneInfo(self.zone))
        return there.astimezone(UTC)

    def said(self, words: str, at: datetime) -> str:
        """The sentence with its days, as somebody said it on that day."""
        base = local(at, self.zone).date()
        return SAID.sub(lambda found: _named(found[1], base + timedelta(days=int(found[2]))), words)


def worked(day: date, *, forward: bool = True) -> date:
    """The day itself, or when the team is not there, the nearest one after or before it."""
    while day.weekday() > 4 or (day.month, day.day) in HOLIDAYS:
        day += timedelta(days=1 if forward else -1)
    return day


def _named(kind: str, day: date) -> str:
    words = format_date(worked(day), PATTERNS[kind], locale="fr")
    return words.replace(" 1 ", " 1er ", 1)


def _moments(row: Model) -> list[str]:
    columns = row.__mapper__.column_attrs
    return [one.key for one in columns if isinstance(one.columns[0].type, Moment)]


@contextmanager
def happening(at: datetime) -> Iterator[None]:
    """What is written meanwhile was written at `at`; a moment set ahead goes back by as much.

    The rows are dressed before they reach the database, since some, as the journal, never change afterwards.
    """
    began = now()
    stored: list[Model] = []  # rows that a statement wrote, past the session

    def keep(_session: Session, row: Model) -> None:
        stored.append(row)

    def dress(session: Session, *_rest: object) -> None:
        for row in (*session.new, *session.dirty, *stored):
            for name in _moments(row):
                value = row.__dict__.get(name)
                if value is not None and value >= began:
                    ahead = value - began
                    setattr(row, name, at if ahead < A_MINUTE else at + ahead)

    session = db.session()
    event.listen(session, "before_flush", dress)
    event.listen(session, "detached_to_persistent", keep)
    try:
        yield
        dress(session)
        session.flush()
    finally:
        event.remove(session, "before_flush", dress)
        event.remove(session, "detached_to_persistent", keep)
