"""Ideas as rows of a table: which ones are asked for, and those that a file already gave us."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.core.clock import local
from engage.core.db import db
from engage.core.sheets import Cell
from engage.ideas.exchange.columns import Target, columns
from engage.ideas.models import Idea, Progress, Publication
from engage.intake.models import Door
from engage.themes.models import Theme

AT_ONCE = 500


@dataclass(frozen=True)
class Wanted:
    """Which ideas are asked for; None asks for all. The days are days of reception, both included."""

    publication: Publication | None = None
    progress: Progress | None = None
    theme_id: int | None = None
    door: Door | None = None
    since: date | None = None
    until: date | None = None


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    zone = ZoneInfo(centre_queries.zone())
    asked = {
        Idea.publication: wanted.publication,
        Idea.progress: wanted.progress,
        Idea.theme_id: wanted.theme_id,
        Idea.door: wanted.door,
    }
    found = [column == value for column, value in asked.items() if value is not None]
    if wanted.since:
        found.append(Idea.received_at >= datetime.combine(wanted.since, time(), zone))
    if wanted.until:
        found.append(Idea.received_at < datetime.combine(wanted.until + timedelta(days=1), time(), zone))
    return found


def count(wanted: Wanted) -> int:
    return db.session.scalar(select(func.count(Idea.id)).where(*_conditions(wanted))) or 0


def rows(wanted: Wanted, *, with_contacts: bool) -> Iterator[tuple[Cell, ...]]:
    """Every idea as one row, the oldest first, read some hundreds at a time.

    On a connection of its own that only reads: nobody who writes waits for it.
    """
    shown = [column.value.label(column.name) for column in columns(with_contacts=with_contacts)]
    asked = (
        select(*shown)
        .select_from(Idea)
        .outerjoin(Theme, Theme.id == Idea.theme_id)
        .outerjoin(Target, Target.id == Idea.merged_into_id)
        .outerjoin(Account, Account.id == Idea.owner_id)
        .where(*_conditions(wanted))
        .order_by(Idea.id)
    )
    zone = centre_queries.zone()
    reading = {"engage_writes": False, "yield_per": AT_ONCE}
    with db.engine.connect().execution_options(**reading) as connection:
        for row in connection.execute(asked):
            yield tuple(_cell(value, zone) for value in row)


def _cell(value: Cell, zone: str) -> Cell:
    return local(value, zone) if isinstance(value, datetime) else value


def known(digests: Sequence[str]) -> set[str]:
    """Those of these rows that became ideas before, whatever became of them since."""
    found: set[str] = set()
    for start in range(0, len(digests), AT_ONCE):
        some = digests[start : start + AT_ONCE]
        found.update(
            digest
            for digest in db.session.scalars(select(Idea.import_digest).where(Idea.import_digest.in_(some)))
            if digest
        )
    return found
