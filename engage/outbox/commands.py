"""What the clock does with mail and SMS: send them, and forget what is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app

from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.core.jobs import Job, stopping
from engage.outbox import actions, post, queries, sending, texting
from engage.outbox.models import Channel
from engage.outbox.post import Fate, Post

KEPT = timedelta(days=30)


def send_due() -> int:
    """Send the mail that is due, one after the other, each in its own short transactions; how many left.

    No transaction is open while a mail server is being talked to.
    """
    return _send_all(Channel.MAIL, post.chosen(_settings()))


def send_texts() -> int:
    """The same for SMS, through the gateway of the centre."""
    return _send_all(Channel.SMS, texting.chosen(_settings()))


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings


def _send_all(channel: Channel, chosen: Post[Any] | None) -> int:
    if chosen is None or not queries.has_some_to_send(channel):
        return 0
    sending.end_leases(channel)
    db.session.commit()
    sent = 0
    with chosen as way:
        while not stopping.is_set() and (claim := _claim(channel)):
            outcome = way.deliver(claim.letter)
            sending.finish(claim, outcome)
            db.session.commit()
            sent += outcome.fate is Fate.SENT
            if outcome.fate is Fate.NOBODY:
                break
    return sent


def _claim(channel: Channel) -> sending.Claim | None:
    claim = sending.claim(channel)
    db.session.commit()
    return claim


def forget_old() -> int:
    """Forget the words and addresses of messages that are over since 30 days; how many."""
    count = actions.forget_before(now() - KEPT)
    db.session.commit()
    return count


JOBS = [
    Job("send mail", send_due, every_seconds=2),
    Job("send SMS", send_texts, every_seconds=2),
    Job("forget old mail", forget_old, cron={"hour": 3, "minute": 41}),
]
