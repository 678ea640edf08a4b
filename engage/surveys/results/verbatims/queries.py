"""The free words of a wave that is over, in an order that tells nothing, and how they were filed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, NamedTuple, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import abort
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.core import keys
from engage.core.cache import remember
from engage.core.db import db
from engage.journal.models import Entry
from engage.surveys.answering.models import Response, Verbatim, Wave
from engage.surveys.answering.queries import BLOCK
from engage.surveys.questionnaire.models import Question
from engage.surveys.results.verbatims.codebook import Code, shipped
from engage.surveys.results.verbatims.masking import Span
from engage.surveys.results.verbatims.models import Decision, OwnCode, Reading, Tag

LOOKED = "verbatims read"
FEW = 5
Kept = TypeVar("Kept", "Listed", "Heard")


@dataclass(frozen=True)
class Desk:
    """A wave as the reading desk sees it, and whether this person's look of today is noted."""

    wave: Wave
    responses: int
    has_looked: bool

    @property
    def is_over(self) -> bool:
        return self.wave.settled_at is not None

    @property
    def is_open(self) -> bool:
        """Nobody reads before the wave is settled, nor words that are not one among at least five."""
        return self.is_over and self.responses >= BLOCK


class Heard(NamedTuple):
    """One verbatim: the key of its question, its words, and what was decided."""

    id: UUID
    question: str
    body: str
    decision: Decision | None
    masked: Sequence[Span]
    version: int

    @property
    def is_erased(self) -> bool:
        return self.decision is Decision.DELETED and not self.body


class Progress(NamedTuple):
    """How many words there are, and how many in each state."""

    unread: int
    publishable: int
    team: int
    deleted: int

    @property
    def total(self) -> int:
        return sum(self)


def _day_begins() -> datetime:
    return datetime.combine(centre_queries.centre_today(), time(), ZoneInfo(centre_queries.zone()))


def desk(code: str, reader: Account) -> Desk:
    """Aborts with 404."""
    answered = select(func.count()).where(Response.wave_id == Wave.id).scalar_subquery()
    looked = exists().where(
        Entry.at >= _day_begins(),
        Entry.actor == reader.actor_id,
        Entry.verb == LOOKED,
        Entry.subject_ref == Wave.code,
    )
    rows = select(Wave, answered, looked).options(joinedload(Wave.version, innerjoin=True))
    found = db.session.execute(rows.where(Wave.code == code)).one_or_none() or abort(404)
    return Desk(*found)


class Listed(NamedTuple):
    """Enough of a verbatim to put it in a list."""

    id: UUID
    question: str
    decision: Decision | None


def listed(wave: Wave, reader: Account) -> list[Listed]:
    """All of the wave, in this reader's order of today.

    The order is drawn from a key: it follows neither the ids nor the rows, and is another one for each
    reader and each day, so that nobody can lay two lists side by side.
    """
    rows = select(Verbatim.id, Question.key, Reading.decision).join(Question, _asked())
    rows = rows.outerjoin(Reading, Reading.verbatim_id == Verbatim.id).where(Verbatim.wave_id == wave.id)
    found = [Listed(*row) for row in db.session.execute(rows)]
    return _shuffled(found, f"{reader.actor_id} {centre_queries.centre_today()}")


def _shuffled(every: Iterable[Kept], seed: str) -> list[Kept]:
    return sorted(every, key=lambda one: keys.digest("verbatim order", f"{seed} {one.id}"))


def _asked() -> ColumnElement[bool]:
    return (Question.version_id == Verbatim.version_id) & (Question.id == Verbatim.question_id)


def _heard() -> Select[Any]:
    rows = select(Verbatim.id, Question.key, Verbatim.body, Reading.decision, Reading.masked, Reading.version)
    return rows.join(Question, _asked()).outerjoin(Reading, Reading.verbatim_id == Verbatim.id)


def _as_heard(row: Any) -> Heard:
    key, question, body, decision, masked, version = row
    return Heard(key, question, body, decision, [(start, end) for start, end in masked or ()], version or 0)


def heard(ids: Sequence[UUID]) -> list[Heard]:
    """These verbatims, in this order."""
    found = {row[0]: _as_heard(row) for row in db.session.execute(_heard().where(Verbatim.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


def get(wave: Wave, verbatim_id: UUID) -> Heard:
    """Aborts with 404, also for words of another wave."""
    row = db.session.execute(
        _heard().where(Verbatim.id == verbatim_id, Verbatim.wave_id == wave.id)
    ).one_or_none()
    return _as_heard(row) if row else abort(404)


def publishable(wave: Wave) -> list[Heard]:
    """What the sheet may show, in an order of the day."""
    rows = _heard().where(Verbatim.wave_id == wave.id, Reading.decision == Decision.PUBLISHABLE)
    return _shuffled(map(_as_heard, db.session.execute(rows)), str(centre_queries.centre_today()))


def reading(verbatim_id: UUID) -> Reading | None:
    """The reading of these words, held until this unit ends."""
    rows = select(Reading).where(Reading.verbatim_id == verbatim_id).with_for_update()
    return db.session.scalars(rows).one_or_none()


def tags(verbatim_id: UUID) -> list[str]:
    """The codes of this verbatim."""
    rows = select(Tag.verbatim_id, Tag.code).where(Tag.verbatim_id == verbatim_id)
    return _gathered(rows).get(verbatim_id, [])


def progress(every: Iterable[Listed]) -> Progress:
    states = Counter(one.decision for one in every)
    return Progress(states[None], *(states[one] for one in Decision))


def filed(wave: Wave) -> dict[UUID, list[str]]:
    """The codes of every verbatim of the wave that has some, without those that are deleted."""
    rows = select(Tag.verbatim_id, Tag.code).join(Verbatim, Verbatim.id == Tag.verbatim_id)
    rows = rows.outerjoin(Reading, Reading.verbatim_id == Verbatim.id)
    kept = Reading.decision.is_distinct_from(Decision.DELETED)
    return _gathered(rows.where(Verbatim.wave_id == wave.id, kept))


def _gathered(rows: Select[UUID, str]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for verbatim_id, code in db.session.execute(rows.order_by(Tag.code)):
        found.setdefault(verbatim_id, []).append(code)
    return found


def book() -> list[Code]:
    """Every code: those that come with the site, and after those of its theme the centre's own."""
    own = remember("verbatim codes", _own)
    themes = dict.fromkeys(one.theme for one in shipped())
    return [one for theme in themes for one in (*shipped(), *own) if one.theme == theme]


def own_codes() -> Sequence[OwnCode]:
    return db.session.scalars(select(OwnCode).order_by(OwnCode.label)).all()


def _own() -> list[Code]:
    rows = own_codes()
    return [Code(row.code, row.theme, {"fr": row.label}, tuple(row.words.splitlines())) for row in rows]


def own_code(code: str) -> OwnCode:
    """Aborts with 404."""
    return db.session.get(OwnCode, code) or abort(404)


def is_used(code: str) -> bool:
    return db.session.scalars(select(Tag.code).where(Tag.code == code).limit(1)).first() is not None


def to_erase(wave: Wave | None = None) -> Sequence[tuple[Verbatim, Reading]]:
    """Deleted words that still stand in the database, of this wave or of all."""
    rows = select(Verbatim, Reading).join(Reading, Reading.verbatim_id == Verbatim.id)
    rows = rows.where(Reading.decision == Decision.DELETED, Verbatim.body != "")
    if wave:
        rows = rows.where(Verbatim.wave_id == wave.id)
    return [(one, read) for one, read in db.session.execute(rows.with_for_update())]


def to_wipe() -> Sequence[Reading]:
    """What was erased since the files were last rewritten."""
    rows = select(Reading).where(Reading.decision == Decision.DELETED, Reading.is_wiped.is_(False))
    return db.session.scalars(rows).all()
