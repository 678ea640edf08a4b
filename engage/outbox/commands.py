"""What the clock does with mail: send it, and forget what is over."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app

from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.core.jobs import Job, stopping
from engage.outbox import actions, post, queries, sending
from engage.outbox.post import Fate

KEPT = timedelta(days=30)


def send_due() -> int:
    """Send the mail that is due, one after the other, each in its own short transactions; how many left.

    No transaction is open while a mail server is being talked to.
    """
    settings: Settings = current_app.extensions["engage_settings"]
    chosen = post.chosen(settings)
    if chosen is None or not queries.has_mail_to_send():
        return 0
    sending.end_leases()
    db.session.commit()
    sent = 0
    with chosen as way:
        while not stopping.is_set() and (claim := _claim()):
            outcome = way.deliver(claim.letter)
            sending.finish(claim, outcome)
            db.session.commit()
            sent += outcome.fate is Fate.SENT
            if outcome.fate is Fate.NOBODY:
                break
    return sent


def _claim() -> sending.Claim | None:
    claim = sending.claim()
    db.session.commit()
    return claim


def forget_old() -> int:
    """Forget the words and addresses of messages that are over since 30 days; how many."""
    count = actions.forget_before(now() - KEPT)
    db.session.commit()
    return count


JOBS = [
    Job("send mail", send_due, every_seconds=2),
    Job("forget old mail", forget_old, cron={"hour": 3, "minute": 41}),
]
