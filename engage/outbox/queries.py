"""What waits to be sent or told, and who wants no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import abort
from sqlalchemy import ColumnElement, and_, case, func, or_, select

from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.outbox.models import SENT_BY_US, Channel, Kind, Message, State, Stop

OPEN = (State.WAITING, State.REFUSED, State.UNCERTAIN)
STUCK = {State.REFUSED, State.UNCERTAIN}


def is_stopped(digest: str | None, kind: Kind) -> bool:
    """Whether somebody at this address wants no more messages of this kind."""
    if digest is None or not kind.can_stop:
        return False
    return db.session.get(Stop, (digest, kind)) is not None


def by_stop_token(token: str) -> Message:
    """The message that carried this link, else 404."""
    found = select(Message).where(Message.stop_token_digest == keys.digest("stop", token))
    return db.session.scalars(found).one_or_none() or abort(404)


def _due(channel: Channel) -> ColumnElement[bool]:
    return and_(Message.channel == channel, Message.state == State.WAITING, Message.not_before <= now())


def _lease_over(channel: Channel) -> ColumnElement[bool]:
    return and_(Message.channel == channel, Message.state == State.SENDING, Message.lease_until <= now())


def has_some_to_send(channel: Channel) -> bool:
    """Whether a worker has something to do; asked on a connection aside, which takes no lock of writers."""
    work = select(Message.id).where(or_(_due(channel), _lease_over(channel))).limit(1)
    with db.engine.connect().execution_options(engage_writes=False) as connection:
        return connection.execute(work).first() is not None


def next_one(channel: Channel, *, is_quiet: bool) -> Message | None:
    """The message to send now, locked: codes first, then the oldest; never one that another worker looks at.

    `is_quiet`: it is night, and reminders wait.
    """
    codes_first = case((Message.kind == Kind.CODE, 0), else_=1)
    oldest = select(Message).where(_due(channel)).order_by(codes_first, Message.not_before, Message.id)
    if is_quiet:
        oldest = oldest.where(Message.kind != Kind.REMINDER)
    return db.session.scalars(oldest.limit(1).with_for_update(skip_locked=True)).first()


def abandoned(channel: Channel) -> list[Message]:
    """Messages whose lease is over, locked."""
    left = select(Message).where(_lease_over(channel))
    return list(db.session.scalars(left.with_for_update(skip_locked=True)))


def held(message_id: int, lease_until: datetime) -> Message | None:
    """The message, locked, if whoever got this lease still holds it."""
    mine = select(Message).where(
        Message.id == message_id, Message.state == State.SENDING, Message.lease_until == lease_until
    )
    return db.session.scalars(mine.with_for_update()).one_or_none()


def by_hand() -> ColumnElement[bool]:
    """Somebody has to be called, written to, or told at reception."""
    return and_(Message.channel.not_in(SENT_BY_US), Message.state == State.WAITING)


def failed() -> ColumnElement[bool]:
    """A mail or an SMS was refused for good, or nobody knows whether it left."""
    return and_(Message.channel.in_(SENT_BY_US), Message.state.in_(STUCK), Message.kind != Kind.CODE)


def person() -> ColumnElement[str]:
    """The same for all that goes to one person by one channel; a message to nobody known stands alone."""
    return func.coalesce(Message.address_digest, Message.code)


def to_tell(*, or_told_since: datetime | None = None) -> list[Message]:
    """What a human being has to tell, oldest first: calls, letters, words at reception, mail that failed.

    With `or_told_since`, also what somebody has told since then.
    """
    wanted = or_(by_hand(), failed())
    if or_told_since:
        wanted = or_(wanted, and_(Message.state == State.TOLD, Message.told_at > or_told_since))
    return list(db.session.scalars(select(Message).where(wanted).order_by(Message.created_at, Message.id)))


def has_key(key: str) -> bool:
    return db.session.scalars(select(Message.id).where(Message.key == key)).first() is not None


def untold(digests: Iterable[str | None], kinds: Iterable[Kind]) -> list[Message]:
    """What of these kinds was written to these readers and nobody was told yet, locked."""
    theirs = select(Message).where(Message.address_digest.in_(digests), Message.kind.in_(kinds))
    return list(db.session.scalars(theirs.where(Message.state.in_(OPEN)).with_for_update()))
