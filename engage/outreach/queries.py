"""Whom the team has to tell, grouped by person and channel, and what was told lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from flask import abort
from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.events.reminding import queries as dates
from engage.ideas.models import Idea
from engage.outbox import queries as outbox
from engage.outbox.models import SENT_BY_US, Channel, Message, State

ORDER = [Channel.PHONE, Channel.RECEPTION, Channel.LETTER, Channel.MAIL, Channel.SMS]
PAGE = 25
LATELY = timedelta(days=7)
LATELY_SHOWN = 10


@dataclass(frozen=True)
class Reader:
    """Somebody to tell by one channel, and all that waits for them; `code` finds them again."""

    channel: Channel
    name: str
    messages: list[Message] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.messages[0].code

    @property
    def since(self) -> datetime:
        return self.messages[0].created_at

    @property
    def topics(self) -> list[list[Message]]:
        """What to tell, thing by thing: all that is to be said of one idea stands together."""
        found: dict[tuple[str, str], list[Message]] = {}
        for message in self.messages:
            about = (message.about_kind, message.about_ref or message.code)
            found.setdefault(about, []).append(message)
        return list(found.values())

    @property
    def is_refused(self) -> bool:
        return any(message.state is State.REFUSED for message in self.messages)

    @property
    def is_uncertain(self) -> bool:
        return self.channel in SENT_BY_US and not self.is_refused


@dataclass(frozen=True)
class ReadersPage:
    """Some of the readers, how many there are, and the last who were told."""

    readers: list[Reader]
    total: int
    number: int
    told: list[Reader]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def sections(self) -> list[tuple[Channel, list[Reader]]]:
        return [
            (channel, list(some)) for channel, some in groupby(self.readers, lambda reader: reader.channel)
        ]


def _grouped(messages: Iterable[Message]) -> list[Reader]:
    """Each person once by each channel, as `outbox.person` tells them apart, and once each time told."""
    found: dict[tuple[str, datetime | None], Reader] = {}
    for message in messages:
        same = (message.address_digest or message.code, message.told_at)
        reader = found.setdefault(same, Reader(message.channel, message.person or ""))
        reader.messages.append(message)
    return list(found.values())


def _to_tell(messages: Iterable[Message]) -> list[Reader]:
    """What is about a date to come first, the nearest on top: later it serves nobody."""
    found = _grouped(messages)
    codes = {one.about_ref for reader in found for one in reader.messages if one.about_kind == "sign-up"}
    starts = dates.coming(codes) if codes else {}

    def urgency(reader: Reader) -> tuple[int, bool, datetime]:
        near = [starts[one.about_ref] for one in reader.messages if one.about_ref in starts]
        return ORDER.index(reader.channel), not near, min(near, default=reader.since)

    return sorted(found, key=urgency)


def readers() -> list[Reader]:
    """Everyone to tell: by phone, at reception, by letter, whose mail or SMS failed; most urgent first."""
    return _to_tell(outbox.to_tell())


def page(number: int) -> ReadersPage:
    """Some of those to tell, and the last who were told."""
    messages = outbox.to_tell(or_told_since=now() - LATELY)
    told = sorted(_grouped(message for message in messages if message.told_at), key=_told_at, reverse=True)
    everyone = _to_tell(message for message in messages if not message.told_at)
    last = max(1, -(-len(everyone) // PAGE))
    number = min(max(number, 1), last)
    return ReadersPage(
        everyone[(number - 1) * PAGE : number * PAGE], len(everyone), number, told[:LATELY_SHOWN]
    )


def _told_at(reader: Reader) -> datetime:
    return reader.messages[0].told_at or reader.since


def get(code: str) -> Reader:
    """Whoever this message waits for, with nothing to tell when somebody did; 404 without such a message."""
    known = db.session.scalars(select(Message).where(Message.code == code)).one_or_none() or abort(404)
    waiting = (reader for reader in readers() if known in reader.messages)
    return next(waiting, Reader(known.channel, known.person or ""))


def by_code(code: str) -> Message:
    """The message, locked, else 404."""
    found = select(Message).where(Message.code == code).with_for_update()
    return db.session.scalars(found).one_or_none() or abort(404)


def told_with(message: Message) -> list[Message]:
    """All that this person was told in the same moment, this message among it, locked."""
    together = select(Message).where(
        outbox.person() == (message.address_digest or message.code),
        Message.state == State.TOLD,
        Message.told_at == message.told_at,
    )
    return list(db.session.scalars(together.order_by(Message.id).with_for_update()))


def by_codes(codes: Iterable[str]) -> list[Message]:
    """These messages, locked."""
    found = select(Message).where(Message.code.in_(list(codes))).order_by(Message.id).with_for_update()
    return list(db.session.scalars(found))


def ideas(messages: Iterable[Message]) -> dict[str, Idea]:
    """The ideas these messages tell of, by code."""
    codes = {message.about_ref for message in messages if message.about_kind == "idea"}
    found = db.session.scalars(select(Idea).where(Idea.code.in_(codes))) if codes else ()
    return {idea.code: idea for idea in found}


def phones(readers: Iterable[Reader]) -> dict[str, str]:
    """Another way to people whose mail fails: the phone number of their account, by digest of address."""
    digests = {reader.messages[0].address_digest for reader in readers if reader.channel is Channel.MAIL}
    found = db.session.scalars(select(Account).where(Account.email_digest.in_(digests))) if digests else ()
    return {
        str(account.email_digest): account.phone for account in found if account.phone and account.is_active
    }
