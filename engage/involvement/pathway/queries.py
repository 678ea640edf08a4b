"""The people on the way as the team sees them: by stage, door and way in, with what is to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from engage.accounts.models import Account
from engage.centre.queries import centre_today, zone
from engage.core.db import db
from engage.core.words import fold
from engage.intake.models import Door
from engage.involvement.models import NextStep, Person, Source, Stage
from engage.journal.models import Entry

A_PAGE = 25
LAST_PAGE = 1_000_000
SEARCHED = 3000  # names are encrypted: so many are opened and compared, the latest first
FOUND = 50
LIST_LOOKED = "people viewed"
LOOKED = "person viewed"
EARLY = (Stage.CONTACT, Stage.INTEREST)


class Show(StrEnum):
    """What somebody comes to the list for."""

    ALL = "all"
    TO_DO = "to_do"
    MINE = "mine"
    PAUSED = "paused"
    DECLINED = "declined"


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; None asks for nothing."""

    show: Show = Show.ALL
    stage: Stage | None = None
    door: Door | None = None
    source_id: int | None = None
    number: int = 1

    def url(self, number: int) -> str:
        """The address of a page of this list."""
        asked = {"show": self.show, "stage": self.stage, "door": self.door, "source": self.source_id}
        said: dict[str, Any] = {name: value for name, value in asked.items() if value}
        return url_for("pathway_desk.index", page=number, **said)


class Line(NamedTuple):
    """One person of the list, and what is to be done `next` with them, by whom."""

    code: str
    name: str | None
    stage: Stage
    door: Door
    source: str | None
    created_at: datetime
    declined_at: datetime | None
    paused_until: date | None
    next: str | None
    due_on: date | None
    owner: str | None

    @property
    def is_early(self) -> bool:
        return self.stage in EARLY


@dataclass(frozen=True)
class Listing:
    """One page of people with what is to be done next with each, and how many there are in all."""

    rows: Sequence[Line]
    total: int
    wanted: Wanted

    @property
    def number(self) -> int:
        return self.wanted.number

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // A_PAGE))

    def url(self, number: int) -> str:
        return self.wanted.url(number)


Planned = aliased(NextStep)  # the list joins the step itself
OPEN_STEP = and_(NextStep.person_id == Person.id, NextStep.done_at.is_(None))


def here() -> ColumnElement[bool]:
    """Neither pausing nor "not now"."""
    is_back = or_(Person.paused_until.is_(None), Person.paused_until <= centre_today())
    return and_(Person.declined_at.is_(None), is_back)


def waiting() -> ColumnElement[bool]:
    """Something is to be done now: a step is due, or they said to be interested and nothing is planned."""
    is_open = and_(Planned.person_id == Person.id, Planned.done_at.is_(None))
    planned = exists().where(is_open)
    is_due = exists().where(is_open, Planned.due_on <= centre_today())
    return and_(here(), or_(is_due, and_(Person.stage.in_(EARLY), not_(planned))))


def _shown(show: Show, reader: Account) -> ColumnElement[bool]:
    if show is Show.TO_DO:
        return waiting()
    if show is Show.MINE:
        return and_(here(), or_(NextStep.owner_id == reader.id, Person.owner_id == reader.id))
    if show is Show.PAUSED:
        return Person.paused_until > centre_today()
    if show is Show.DECLINED:
        return Person.declined_at.is_not(None)
    return Person.declined_at.is_(None)


def _matching(wanted: Wanted, reader: Account) -> list[ColumnElement[bool]]:
    """Who left neither a name nor a contact is counted, but nobody is there to be listed."""
    asked = [
        (wanted.stage, Person.stage == wanted.stage),
        (wanted.door, Person.door == wanted.door),
        (wanted.source_id, Person.source_id == wanted.source_id),
    ]
    is_somebody = or_(Person.name.is_not(None), Person.contact.is_not(None), Person.declined_at.is_(None))
    return [is_somebody, _shown(wanted.show, reader), *(one for value, one in asked if value is not None)]


COLUMNS = (
    Person.code, Person.name, Person.stage, Person.door, Source.label, Person.created_at, Person.declined_at,
    Person.paused_until, NextStep.words, NextStep.due_on, Account.first_name,
)  # fmt: skip


def _lines(asked: Any, *order: Any) -> tuple[list[Line], int]:
    """Lines in this order, and how many there are in all: thousands are sorted by what sorts them alone."""
    found = asked.order_by(*order).subquery()
    rows = select(*COLUMNS, found.c.total).select_from(found).join(Person, Person.id == found.c.id)
    rows = rows.outerjoin(Source, Source.id == Person.source_id)
    rows = rows.outerjoin(NextStep, NextStep.id == found.c.step).outerjoin(Account, NextStep.owner)
    lines: Sequence[Any] = db.session.execute(rows.order_by(*order)).all()
    return [Line(*line[:-1]) for line in lines], lines[0].total if lines else 0


def _ids(*conditions: ColumnElement[bool]) -> Any:
    total = func.count().over().label("total")
    rows = select(Person.id.label("id"), NextStep.id.label("step"), total)
    return rows.outerjoin(NextStep, OPEN_STEP).where(*conditions)


def listing(wanted: Wanted, reader: Account) -> Listing:
    """What is due first; past the end, the first page."""
    number = min(max(wanted.number, 1), LAST_PAGE)
    last = Person.created_at if wanted.show is Show.TO_DO else Person.created_at.desc()
    asked = _ids(*_matching(wanted, reader)).limit(A_PAGE).offset((number - 1) * A_PAGE)
    rows, total = _lines(asked, NextStep.due_on.is_(None), NextStep.due_on, last, Person.id)
    if not rows and number > 1:
        return listing(replace(wanted, number=1), reader)
    return Listing(rows, total, replace(wanted, number=number))


def named(words: str) -> Listing:
    """The people whose name holds each of these words, among the latest `SEARCHED`."""
    looked_for = fold(words).split()
    names = select(Person.id, Person.name).where(Person.name.is_not(None)).order_by(Person.id.desc())
    ids = [
        number
        for number, name in db.session.execute(names.limit(SEARCHED))
        if looked_for and all(word in fold(name or "") for word in looked_for)
    ][:FOUND]
    return Listing(*_lines(_ids(Person.id.in_(ids)), Person.id.desc()), Wanted())


def counts() -> dict[Stage, int]:
    """How many stand on each rung now."""
    rows = select(Person.stage, func.count()).where(here()).group_by(Person.stage)
    found = {stage: int(number) for stage, number in db.session.execute(rows)}
    return {stage: found.get(stage, 0) for stage in Stage}


# Built once: building is half the price of asking.
SOURCES = select(Source).where(Source.closed_at.is_(None)).order_by(Source.label)


def open_sources() -> list[Source]:
    """The ways in that are still open."""
    return list(db.session.scalars(SOURCES))


def has_looked(reader: Account, verb: str, ref: str) -> bool:
    """Whether this look of theirs is noted for today."""
    began = datetime.combine(centre_today(), time.min, ZoneInfo(zone()))
    mine = exists().where(
        Entry.at >= began, Entry.actor == reader.actor_id, Entry.verb == verb, Entry.subject_ref == ref
    )
    return bool(db.session.scalar(select(mine)))
