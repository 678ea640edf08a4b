"""Writing what is to be told, handing mail to a worker, and stopping what a person wants no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import NamedTuple

import structlog
from flask import current_app
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from engage.core import keys
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.core.render import link
from engage.outbox import post, queries
from engage.outbox.models import Channel, Kind, Message, State, Stop, mail_digest

log = structlog.get_logger()

LEASE = timedelta(seconds=post.LONGEST_SECONDS + 60)
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120)]
LONGEST_DELAY = timedelta(minutes=240)
MAX_ATTEMPTS = 24  # with these delays, three days


def write(
    *,
    key: str,
    kind: Kind,
    channel: Channel,
    subject: str,
    body: str,
    address: str | None = None,
    person: str = "",
    about: tuple[str, str] = ("", ""),
) -> Message | None:
    """Write a message into the caller's transaction: the worker sends mail, the team tells the rest.

    None, and nothing is written, when a message with this key exists, when the address stopped this kind,
    or when mail has no address. A mail that can be stopped says how, in the language spoken now.
    """
    address = (address or "").strip() or None
    digest = _address_digest(channel, address)
    if channel is Channel.MAIL and (address is None or queries.is_stopped(digest, kind)):
        return None
    stoppable = channel is Channel.MAIL and kind.can_stop
    present = now()
    message = Message(
        key=key,
        kind=kind,
        channel=channel,
        subject=" ".join(subject.split()),
        body=f"{body.rstrip()}\n{_way_to_stop(key)}" if stoppable else body,
        address=address,
        address_digest=digest,
        person=person or None,
        about_kind=about[0],
        about_ref=about[1],
        message_id=f"<{keys.random_code(26).lower()}@{_own_domain()}>",
        stop_token_digest=keys.digest("stop", stop_token(key)) if stoppable else None,
        created_at=present,
        not_before=present,
    )
    return message if _is_first(message) else None


def _address_digest(channel: Channel, address: str | None) -> str | None:
    if address is None:
        return None
    return mail_digest(address) if channel is Channel.MAIL else keys.digest(f"to {channel}", address.lower())


def _is_first(message: Message) -> bool:
    """Write the row unless its key is taken; the caller's transaction goes on either way."""
    try:
        with db.session.begin_nested():
            db.session.add(message)
            db.session.flush()
    except IntegrityError:
        if not queries.has_key(message.key):
            raise
        return False
    return True


def stop_token(key: str) -> str:
    """The secret of the link that stops messages like the one with this key; only its digest is stored."""
    return keys.digest("stop token", key)[:32]


def _way_to_stop(key: str) -> str:
    words = _("You no longer want these messages? Open this page and press the button:")
    return f"\n-- \n{words}\n{_stop_link(key)}\n"


def _stop_link(key: str) -> str:
    return link("outbox.stop", token=stop_token(key))


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings


def _own_domain() -> str:
    return parseaddr(_settings().mail_from)[1].rpartition("@")[2] or "localhost"


def stop(message: Message) -> None:
    """Write no more mails of this kind to the address of this message. Doing it twice is doing it once."""
    if queries.is_stopped(message.address_digest, message.kind):
        return
    try:
        with db.session.begin_nested():
            db.session.add(Stop(address_digest=message.address_digest, kind=message.kind, at=now()))
            db.session.flush()
    except IntegrityError:
        if not queries.is_stopped(message.address_digest, message.kind):
            raise


def resume(message: Message) -> None:
    """Mails of this kind go to the address of this message again."""
    mine = delete(Stop).where(Stop.address_digest == message.address_digest, Stop.kind == message.kind)
    db.session.execute(mine)


class Claim(NamedTuple):
    """The right to send one mail, until the lease ends."""

    message_id: int
    lease_until: datetime
    letter: post.Letter


def claim() -> Claim | None:
    """The next mail to send, None when none is due. Commit before sending: nobody else may take it."""
    while message := queries.next_mail():
        if message.address is None or queries.is_stopped(message.address_digest, message.kind):
            message.state = State.STOPPED
            continue
        try:
            letter = post.letter(message, _settings(), stop_link=_stop_link(message.key))
        except post.CannotWrite as fault:
            message.state, message.problem = State.REFUSED, str(fault)
            continue
        lease = now() + LEASE
        message.state, message.lease_until = State.SENDING, lease
        message.attempts += 1
        return Claim(message.id, lease, letter)
    return None


def finish(claim: Claim, outcome: post.Outcome) -> None:
    """Note what became of a mail, unless its lease ended meanwhile."""
    message = queries.held(claim.message_id, claim.lease_until)
    if message is None:
        return
    message.lease_until = None
    if outcome.fate is post.Fate.UNKNOWN:
        _doubt(message)
    elif outcome.fate is post.Fate.SENT:
        message.state, message.sent_at, message.problem = State.SENT, now(), ""
    elif outcome.fate is post.Fate.REFUSED or message.attempts >= MAX_ATTEMPTS:
        message.state, message.problem = State.REFUSED, outcome.said
    else:
        _wait(message, outcome.said)
    if message.kind is Kind.CODE and message.state is not State.WAITING:
        message.body = ""
    log.info(
        "mail", message=message.code, state=message.state, attempts=message.attempts, said=outcome.loggable
    )


def _wait(message: Message, said: str) -> None:
    tried = message.attempts - 1
    message.state, message.problem = State.WAITING, said
    message.not_before = now() + (DELAYS[tried] if tried < len(DELAYS) else LONGEST_DELAY)


def _doubt(message: Message) -> None:
    """It may have left: codes and confirmations go again as the same mail, others wait for a person."""
    message.lease_until = None
    if message.kind.can_repeat and message.attempts < MAX_ATTEMPTS:
        _wait(message, "")
    else:
        message.state, message.problem = State.UNCERTAIN, ""


def end_leases() -> None:
    """Whoever held these mails is gone, or too late."""
    for message in queries.abandoned():
        _doubt(message)
        log.warning("mail_in_doubt", message=message.code, state=message.state)


def send_again(message: Message) -> None:
    """Give a mail that was refused, or that perhaps left, another three days."""
    message.state, message.problem = State.WAITING, ""
    message.attempts, message.not_before = 0, now()


FORGOTTEN = {"address": None, "person": None, "subject": "", "body": "", "problem": ""}


def forget(about: tuple[str, str]) -> None:
    """Erase what messages about this thing say and to whom; what still waited is not told any more."""
    db.session.flush()
    these = (Message.about_kind == about[0], Message.about_ref == about[1])
    waiting = (State.WAITING, State.REFUSED, State.UNCERTAIN)
    db.session.execute(update(Message).where(*these, Message.state.in_(waiting)).values(state=State.STOPPED))
    db.session.execute(update(Message).where(*these).values(FORGOTTEN))


def forget_before(limit: datetime) -> int:
    """Erase what finished messages said and to whom, if they were over before `limit`; how many."""
    over = update(Message).where(
        Message.state.in_((State.SENT, State.STOPPED, State.TOLD)),
        Message.created_at < limit,
        Message.told_at.is_(None) | (Message.told_at < limit),
        Message.subject != "",
    )
    return len(db.session.scalars(over.values(FORGOTTEN).returning(Message.id)).all())


def allow(address: str, kind: Kind) -> None:
    """Mails of this kind go to this address again."""
    db.session.execute(delete(Stop).where(Stop.address_digest == mail_digest(address), Stop.kind == kind))
