"""Which ideas there are to see, and for whom."""

from __future__ import annotations

from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.centre import queries as centre_queries
from engage.core.db import db
from engage.ideas.models import Idea


def by_submission(key: str) -> Idea | None:
    """The idea that this form already became."""
    return db.session.scalars(select(Idea).filter_by(submission_key=key)).one_or_none()


def owner_on_duty() -> Account | None:
    """Who answers an idea that comes in today: the referent, their cover when away, else who steers."""
    referent = centre_queries.referent()
    account_id = None
    if referent is not None:
        first, last = referent.away_from, referent.away_until
        away = (
            first is not None
            and first <= centre_queries.centre_today()
            and (last is None or centre_queries.centre_today() <= last)
        )
        account_id = referent.cover_id if away and referent.cover_id else referent.account_id
    account = db.session.get(Account, account_id) if account_id else None
    return account if account is not None and account.is_staff else _steering()


def _steering() -> Account | None:
    wanted = select(Account).where(
        Account.role.in_([Role.COORDINATOR, Role.ADMIN]), Account.ended_at.is_(None)
    )
    return db.session.scalars(wanted.order_by(Account.role.desc(), Account.id).limit(1)).first()
