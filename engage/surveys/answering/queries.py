"""Which waves there are, what they ask, and what waits to be mixed with others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, select

from engage.centre.queries import centre_today
from engage.core import keys
from engage.core.cache import remember
from engage.core.clock import now
from engage.core.db import db
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Channel, Pending, ResultNotice, Sheet, Ticket, Wave
from engage.surveys.questionnaire.models import Choice, Question

# Who began before the end has this long to finish; only then is a wave settled.
GRACE = timedelta(minutes=15)
BLOCK = 5
MOST = 500
ASKED_SECONDS = 600


class Timed(Protocol):
    """What opens and closes: a wave, or what its pages show of it."""

    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...


def is_open(wave: Timed, *, begun_at: datetime | None = None) -> bool:
    """Whether an answer is taken now from who began at `begun_at`."""
    present = now()
    if begun_at is not None and wave.opens_at <= begun_at <= wave.closes_at:
        return present <= wave.closes_at + GRACE
    return wave.opens_at <= present <= wave.closes_at


def wave_by_code(code: str) -> Wave:
    """Aborts with 404."""
    return db.session.scalars(select(Wave).filter_by(code=code)).one_or_none() or abort(404)


def open_listed() -> Sequence[Wave]:
    """Open waves that stand on the public list, the one that closes first at the top."""
    return db.session.scalars(_open().where(Wave.is_listed)).all()


def kiosk_wave() -> Wave | None:
    """The open wave that kiosks serve beside ideas: of several, the one that closes first."""
    return db.session.scalars(_open().where(Wave.serves_kiosk).limit(1)).first()


def open_by(kind: ChannelKind) -> Wave | None:
    """The open wave that is answered in this way: of several, the one that closes first."""
    rows = _open().join(Channel, Channel.wave_id == Wave.id).where(Channel.kind == kind)
    return db.session.scalars(rows.limit(1)).first()


def _open() -> Select[Wave]:
    present = now()
    rows = select(Wave).where(Wave.opens_at <= present, Wave.closes_at >= present)
    return rows.order_by(Wave.closes_at, Wave.code)


def channel(wave: Wave, kind: ChannelKind) -> Channel | None:
    return db.session.scalars(select(Channel).filter_by(wave_id=wave.id, kind=kind)).one_or_none()


def notices(wave: Wave) -> Sequence[ResultNotice]:
    """Who asked to be told when the results are here."""
    return db.session.scalars(select(ResultNotice).filter_by(wave_id=wave.id)).all()


class Sheets(NamedTuple):
    """Paper sheets of a wave that count, and those that wait for their second entry."""

    counted: int
    waiting: int


def sheets(wave: Wave) -> Sheets:
    held = select(func.count(), func.count(Sheet.waiting)).where(Sheet.wave_id == wave.id)
    every, waiting = db.session.execute(held).one()
    return Sheets(every - waiting, waiting)


class Listed(NamedTuple):
    """A wave and how many answers were sent."""

    wave: Wave
    completed: int


def everything() -> list[Listed]:
    """Every wave, the last to close first."""
    sent = select(func.sum(Channel.completed)).where(Channel.wave_id == Wave.id).scalar_subquery()
    rows = select(Wave, func.coalesce(sent, 0)).order_by(Wave.closes_at.desc(), Wave.code).limit(MOST)
    return [Listed(wave, int(completed)) for wave, completed in db.session.execute(rows)]


def unpublished() -> ColumnElement[bool]:
    """Closed and mixed, and nobody can read what came of it."""
    return and_(Wave.settled_at.is_not(None), Wave.finished_at.is_(None), Wave.erased_at.is_(None))


def unspent(wave: Wave) -> int:
    """Tickets that still open the wave."""
    held = select(func.count()).select_from(Ticket).filter_by(wave_id=wave.id, is_spent=False)
    return db.session.scalars(held).one()


def ticket_digest(code: str) -> str:
    return keys.digest("survey ticket", "".join(sign for sign in code.upper() if sign.isalnum()))


def ticket(wave: Wave, code: str) -> Ticket | None:
    """The ticket of this wave with this code; a ticket of another wave is none."""
    return db.session.scalars(
        select(Ticket).filter_by(digest=ticket_digest(code), wave_id=wave.id)
    ).one_or_none()


def printed(digests: Collection[str]) -> int:
    """How many of these tickets there are."""
    return db.session.scalars(select(func.count()).where(Ticket.digest.in_(digests))).one()


def pending(submission_key: str) -> Pending | None:
    return db.session.scalars(select(Pending).filter_by(submission_key=submission_key)).one_or_none()


def waiting(wave: Wave) -> Sequence[Pending]:
    return db.session.scalars(select(Pending).filter_by(wave_id=wave.id).with_for_update()).all()


def channels(wave: Wave) -> Sequence[Channel]:
    return db.session.scalars(select(Channel).filter_by(wave_id=wave.id).order_by(Channel.kind)).all()


def asked(version_id: UUID) -> dict[UUID, set[UUID]]:
    """Every question of a frozen version with its choices: kept, because every sending asks it."""
    return remember(("asked", version_id), lambda: _asked(version_id), seconds=ASKED_SECONDS)


def _asked(version_id: UUID) -> dict[UUID, set[UUID]]:
    rows = (
        select(Question.id, Choice.id)
        .outerjoin(Choice, (Choice.version_id == Question.version_id) & (Choice.question_id == Question.id))
        .where(Question.version_id == version_id)
    )
    found: dict[UUID, set[UUID]] = {}
    for question, choice in db.session.execute(rows):
        found.setdefault(question, set()).update(filter(None, [choice]))
    return found


def to_settle() -> Sequence[Wave]:
    """Waves with a whole block waiting, or at their end."""
    held = select(func.count()).select_from(Pending).where(Pending.wave_id == Wave.id).scalar_subquery()
    is_over = Wave.closes_at < now() - GRACE
    rows = select(Wave).where(Wave.settled_at.is_(None), is_over | (held >= BLOCK))
    return db.session.scalars(rows).all()


def to_erase() -> Sequence[Wave]:
    """Waves whose answers were to be kept until today at most."""
    rows = select(Wave).where(Wave.erased_at.is_(None), Wave.settled_at.is_not(None))
    return db.session.scalars(rows.where(Wave.retained_until <= centre_today())).all()
