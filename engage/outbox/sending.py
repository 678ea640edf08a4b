"""Handing mail and SMS to one worker at a time, and noting what became of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from flask import current_app

from engage.core.clock import now
from engage.core.config import Settings
from engage.outbox import post, queries, texting
from engage.outbox.actions import stop_link
from engage.outbox.attached import attachment
from engage.outbox.models import Channel, Kind, Message, State
from engage.outbox.quiet import is_quiet
from engage.outbox.wanted import is_wanted

log = structlog.get_logger()

LEASE = timedelta(seconds=post.LONGEST_SECONDS + 60)
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120)]
LONGEST_DELAY = timedelta(minutes=240)
MAX_ATTEMPTS = 24  # with these delays, three days


class Claim(NamedTuple):
    """The right to send one mail or SMS, until the lease ends."""

    message_id: int
    lease_until: datetime
    letter: post.Letter | texting.Text


def _letter(message: Message) -> post.Letter | texting.Text:
    """Raises CannotWrite."""
    if message.channel is Channel.SMS:
        return texting.text(message)
    settings: Settings = current_app.extensions["engage_settings"]
    attached = attachment(message)
    return post.letter(message, settings, stop_link=stop_link(message.key), attached=attached)


def _may_leave(message: Message) -> bool:
    """Somebody may have stopped it since it was written, or it came too late."""
    is_stopped = message.address is None or queries.is_stopped(message.address_digest, message.kind)
    return not is_stopped and is_wanted(message)


def claim(channel: Channel) -> Claim | None:
    """The next one to send, None when none is due. Commit before sending: nobody else may take it."""
    zone: str = current_app.extensions["engage_zone"]()
    while message := queries.next_one(channel, is_quiet=is_quiet(now(), zone)):
        if not _may_leave(message):
            message.state = State.STOPPED
            continue
        try:
            letter = _letter(message)
        except post.CannotWrite as fault:
            message.state, message.problem = State.REFUSED, str(fault)
            continue
        lease = now() + LEASE
        message.state, message.lease_until = State.SENDING, lease
        message.attempts += 1
        return Claim(message.id, lease, letter)
    return None


def finish(claim: Claim, outcome: post.Outcome) -> None:
    """Note what became of it, unless its lease ended meanwhile."""
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
    facts = {"message": message.code, "state": message.state, "attempts": message.attempts}
    log.info(str(message.channel), **facts, said=outcome.loggable)


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


def end_leases(channel: Channel) -> None:
    """Whoever held these messages is gone, or too late."""
    for message in queries.abandoned(channel):
        _doubt(message)
        log.warning(f"{channel}_in_doubt", message=message.code, state=message.state)


def send_again(message: Message) -> None:
    """Give a message that was refused, or that perhaps left, another three days."""
    message.state, message.problem = State.WAITING, ""
    message.attempts, message.not_before = 0, now()
