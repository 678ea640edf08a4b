"""The second factors of an account."""

from __future__ import annotations

from datetime import timedelta

from flask import abort
from sqlalchemy import func, select

from engage.accounts import queries as accounts
from engage.accounts.models import Account, Passkey, RecoveryCode, SignIn
from engage.core.clock import now
from engage.core.db import db

FRESH = timedelta(minutes=10)


def passkeys(account: Account) -> list[Passkey]:
    """The oldest first."""
    mine = select(Passkey).where(Passkey.account_id == account.id)
    return list(db.session.scalars(mine.order_by(Passkey.created_at, Passkey.id)))


def passkey(account: Account, key_id: int) -> Passkey:
    """A key of this account, else 404."""
    mine = select(Passkey).where(Passkey.account_id == account.id, Passkey.id == key_id)
    return db.session.scalars(mine).one_or_none() or abort(404)


def by_credential(credential_id: bytes) -> Passkey | None:
    return db.session.scalars(select(Passkey).where(Passkey.credential_id == credential_id)).one_or_none()


def recovery_left(account: Account) -> int:
    """How many recovery codes still serve."""
    mine = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account.id)
    return db.session.scalars(mine).one()


def is_fresh(row: SignIn) -> bool:
    """Whether who is here proved it in the last minutes, with the second factor when there is one."""
    proved = row.proved_at
    if proved is None and not accounts.has_second_factor(row.account):
        proved = row.created_at
    return proved is not None and now() - proved <= FRESH
