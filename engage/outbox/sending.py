"""Handing mail to one worker at a time, and noting what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from flask import current_app

from engage.core.clock import now
from engage.core.config import Settings
from engage.outbox import post, queries
from engage.outbox.actions import stop_link
from engage.outbox.models import Kind, Message, State

log = structlog.get_logger()

LEASE = timedelta(seconds=post.LONGEST_SECONDS + 60)
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120)]
LONGEST_DELAY = timedelta(minutes=240)
MAX_ATTEMPTS = 24  # with these delays, three days


class Claim(NamedTuple):
    """The right to send one mail, until the lease ends."""

    message_id: int
    lease_until: datetime
    letter: post.Letter


def claim() -> Claim | None:
    """The next mail to send, None when none is due. Commit before sending: nobody else may take it."""
    settings: Settings = current_app.extensions["engage_settings"]
    while message := queries.next_mail():
        if message.address is None or queries.is_stopped(message.address_digest, message.kind):
            message.state = State.STOPPED
            continue
        try:
            letter = post.letter(message, settings, stop_link=stop_link(message.key))
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
