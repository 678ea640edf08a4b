"""What was sent and told long ago: only a handful of messages still waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.db import db
from engage.outbox.models import Channel, Message, State
from engage.outbox.queries import to_tell
from engage.outreach import actions as outreach

FRESH = timedelta(hours=20)
A_MOMENT = timedelta(seconds=40)


def tell_waiting(by: Account) -> None:
    """Somebody goes through the list of those who have no e-mail."""
    outreach.tell([message.code for message in to_tell()], by=by)


def deliver(present: datetime, bounced: str) -> None:
    """All older mail has left; the last one to the address `bounced` came back for good."""
    waiting = select(Message).where(Message.channel == Channel.MAIL, Message.state == State.WAITING)
    old = db.session.scalars(waiting.where(Message.created_at < present - FRESH).order_by(Message.id)).all()
    for message in old:
        message.state, message.attempts = State.SENT, 1
        message.sent_at = message.created_at + A_MOMENT
    back = [message for message in old if message.address == bounced][-1]
    back.state, back.sent_at = State.REFUSED, None
    back.problem = "550 5.1.1 mailbox unavailable"
