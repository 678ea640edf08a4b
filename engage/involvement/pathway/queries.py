"""The people on the way as the team sees them: by stage, door and way in, with what is to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased, defer, joinedload

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


@dataclass(frozen=True)
class Listing:
    """One page of people with what is to be done next with each, and how many there are in all."""

    rows: Sequence[tuple[Person, NextStep | None]]
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


def _rows(*conditions: ColumnElement[bool]) -> Any:
    rows = select(Person, NextStep, func.count().over()).outerjoin(NextStep, OPEN_STEP)
    return rows.where(*conditions).options(
        joinedload(Person.source), joinedload(NextStep.owner), defer(Person.contact)
    )


def listing(wanted: Wanted, reader: Account) -> Listing:
    """What is due first; past the end, the first page."""
    number = min(max(wanted.number, 1), LAST_PAGE)
    last = Person.created_at if wanted.show is Show.TO_DO else Person.created_at.desc()
    ordered = _rows(*_matching(wanted, reader)).order_by(
        NextStep.due_on.is_(None), NextStep.due_on, last, Person.id
    )
    rows = db.session.execute(ordered.limit(A_PAGE).offset((number - 1) * A_PAGE)).all()
    if not rows and number > 1:
        return listing(replace(wanted, number=1), reader)
    total = rows[0][2] if rows else 0
    return Listing([(person, step) for person, step, _total in rows], total, replace(wanted, number=number))


def named(words: str) -> Listing:
    """The people whose name holds each of these words, among the latest `SEARCHED`."""
    looked_for = fold(words).split()
    names = select(Person.id, Person.name).where(Person.name.is_not(None)).order_by(Person.id.desc())
    ids = [
        number
        for number, name in db.session.execute(names.limit(SEARCHED))
        if looked_for and all(word in fold(name or "") for word in looked_for)
    ][:FOUND]
    rows = db.session.execute(_rows(Person.id.in_(ids)).order_by(Person.id.desc())).all()
    return Listing([(person, step) for person, step, _total in rows], len(rows), Wanted())


def counts() -> dict[Stage, int]:
    """How many stand on each rung now."""
    rows = select(Person.stage, func.count()).where(here()).group_by(Person.stage)
    found = {stage: int(number) for stage, number in db.session.execute(rows)}
    return {stage: found.get(stage, 0) for stage in Stage}


def open_sources() -> list[Source]:
    """The ways in that are still open."""
    return list(db.session.scalars(select(Source).where(Source.closed_at.is_(None)).order_by(Source.label)))


def has_looked(reader: Account, verb: str, ref: str) -> bool:
    """Whether this look of theirs is noted for today."""
    began = datetime.combine(centre_today(), time.min, ZoneInfo(zone()))
    mine = exists().where(
        Entry.at >= began, Entry.actor == reader.actor_id, Entry.verb == verb, Entry.subject_ref == ref
    )
    return bool(db.session.scalar(select(mine)))
