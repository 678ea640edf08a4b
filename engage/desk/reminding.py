"""Answers whose day comes near, and mails about work that were stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.core.db import db
from engage.ideas.models import Idea
from engage.ideas.moderation.listing import to_answer, unowned
from engage.outbox import queries as outbox_queries
from engage.outbox.models import Kind, mail_digest

DAYS_BEFORE = 3


def due_soon(today: date) -> Sequence[Idea]:
    """Ideas due within three days of which nobody was reminded yet, or whose owner has left since then."""
    near = Idea.due_on.between(today, today + timedelta(days=DAYS_BEFORE))
    rows = select(Idea).where(to_answer(), near, Idea.reminded_on.is_(None) | unowned())
    return db.session.scalars(rows.options(joinedload(Idea.owner)).order_by(Idea.due_on, Idea.id)).all()


def wants(account: Account) -> dict[str, bool]:
    """Which mails about work this person gets: what they chose, and did not stop from a mail."""
    digest = mail_digest(account.email) if account.email else None
    return {
        "morning_mail": account.morning_mail and not outbox_queries.is_stopped(digest, Kind.MORNING),
        "due_mail": account.due_mail and not outbox_queries.is_stopped(digest, Kind.WORK),
    }
