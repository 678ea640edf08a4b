"""Giving somebody the secret address of their own dates, and taking it back."""

from __future__ import annotations

import secrets

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.events.agenda.personal import queries
from engage.events.agenda.personal.models import CalendarKey


def give_key(account: Account) -> str:
    """What stands in the address, shown this once; an earlier address opens nothing any more."""
    token = secrets.token_urlsafe(24)
    key = queries.held(account) or CalendarKey(account_id=account.id)
    key.digest, key.created_at = queries.digest(token), now()
    db.session.add(key)
    return token


def take_key_back(account: Account) -> None:
    """The address opens nothing any more. Doing it twice is doing it once."""
    if key := queries.held(account):
        db.session.delete(key)
