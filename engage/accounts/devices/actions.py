"""Signing out elsewhere."""

from __future__ import annotations

from sqlalchemy import delete

from engage.accounts.models import Account, SignIn
from engage.core.db import db


def end_one(account: Account, sign_in_id: int) -> None:
    """Sign this person out in one of their browsers; an id that is not theirs ends nothing."""
    db.session.execute(delete(SignIn).where(SignIn.account_id == account.id, SignIn.id == sign_in_id))


def end_others(account: Account, *, keep: SignIn) -> None:
    """Sign this person out everywhere but here."""
    db.session.execute(delete(SignIn).where(SignIn.account_id == account.id, SignIn.id != keep.id))
