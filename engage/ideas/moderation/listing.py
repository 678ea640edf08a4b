"""The team's list of ideas: what waits, what is due, and any way to find one again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import STAFF_ROLES, Account
from engage.centre import queries as centre_queries
from engage.core import fulltext
from engage.core.db import db
from engage.ideas.models import Idea, Progress, Publication
from engage.intake import queries as intake_queries
from engage.intake.models import Door

PAGE = 30
ENDED = (Publication.REFUSED, Publication.MERGED, Publication.WITHDRAWN)


class Show(StrEnum):
    """What somebody comes to the list for."""

    ALL = "all"
    DISTRESS = "distress"
    WAITING = "waiting"
    TO_ANSWER = "to_answer"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; None and "" ask for nothing."""

    show: Show = Show.ALL
    search: str = ""
    owner_id: int | None = None
    theme_id: int | None = None
    door: Door | None = None
    publication: Publication | None = None
    progress: Progress | None = None
    page: int = 1


@dataclass(frozen=True)
class Listing:
    """One page of ideas, and how many there are in all."""

    ideas: Sequence[Idea]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def unread_distress() -> ColumnElement[bool]:
    return Idea.is_distress & Idea.distress_read_at.is_(None) & (Idea.publication != Publication.WITHDRAWN)


def waiting() -> ColumnElement[bool]:
    """Nobody has read it: neither published nor kept nor refused."""
    return Idea.publication == Publication.WAITING


def to_answer() -> ColumnElement[bool]:
    """An answer was promised and its author sees none yet."""
    return Idea.due_on.is_not(None) & Idea.answered_at.is_(None) & Idea.publication.not_in(ENDED)


def unowned() -> ColumnElement[bool]:
    """Nobody of the team answers it: it was handed to nobody, or to somebody who has left."""
    team = select(Account.id).where(Account.role.in_(STAFF_ROLES), Account.ended_at.is_(None))
    return Idea.owner_id.is_(None) | Idea.owner_id.not_in(team)


def present_owner(idea: Idea) -> Account | None:
    """Who answers it, as long as they are of the team."""
    return idea.owner if idea.owner and idea.owner.is_staff else None


def answered_by(account_id: int) -> ColumnElement[bool]:
    """Ideas this person answers: their own and, while they are on duty, those that nobody answers."""
    own = Idea.owner_id == account_id
    return own | (to_answer() & unowned()) if account_id == intake_queries.on_duty_id() else own


def overdue(today: date) -> ColumnElement[bool]:
    return to_answer() & (Idea.due_on < today)


def listing(wanted: Wanted) -> Listing:
    """One query, whatever the number of ideas: each row carries the total."""
    rows = select(Idea, func.count().over()).where(*_conditions(wanted)).order_by(*_order(wanted.show))
    rows = rows.options(joinedload(Idea.theme), joinedload(Idea.owner))
    rows = rows.limit(PAGE).offset((wanted.page - 1) * PAGE)
    found = db.session.execute(rows).all()
    return Listing([row[0] for row in found], found[0][1] if found else 0, wanted.page)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    shown: dict[Show, Callable[[], ColumnElement[bool]]] = {
        Show.DISTRESS: unread_distress,
        Show.WAITING: waiting,
        Show.TO_ANSWER: to_answer,
        Show.OVERDUE: lambda: overdue(centre_queries.centre_today()),
    }
    conditions = [shown[wanted.show]()] if wanted.show in shown else []
    if wanted.owner_id is not None:
        conditions.append(answered_by(wanted.owner_id))
    for column in ("theme_id", "door", "publication", "progress"):
        value = getattr(wanted, column)
        if value is not None:
            conditions.append(getattr(Idea, column) == value)
    if wanted.search:
        matching = Idea.code.in_(fulltext.matching("idea-desk", wanted.search))
        conditions.append(matching | (Idea.code == wanted.search.strip().lower()))
    return conditions


def _order(show: Show) -> tuple[Any, ...]:
    """What waits longest or is due first stands on top; else the newest."""
    if show in (Show.TO_ANSWER, Show.OVERDUE):
        return Idea.due_on, Idea.id
    if show in (Show.WAITING, Show.DISTRESS):
        return Idea.received_at, Idea.id
    return Idea.received_at.desc(), Idea.id.desc()
