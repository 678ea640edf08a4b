"""Who there is: accounts, how they prove who they are, where they are signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from flask import abort, url_for
from sqlalchemy import func, or_, select

from engage.accounts.models import (
    STAFF_ROLES,
    Account,
    MailedCode,
    ParkedForm,
    Passkey,
    Role,
    SignIn,
    email_digest,
)
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db

A_PAGE = 50
LAST_PAGE = 100_000
DEMO_DOMAIN = "demo.engage.example"
DEMO_NAMES = ("amina", "benoit", "chloe", "admin")


def by_id(account_id: int) -> Account | None:
    return db.session.get(Account, account_id)


def by_digest(address_digest: str) -> Account | None:
    """The account that can be reached at this address."""
    found = select(Account).where(Account.email_digest == address_digest, Account.ended_at.is_(None))
    return db.session.scalars(found).one_or_none()


def by_email(email: str) -> Account | None:
    return by_digest(email_digest(email))


def by_actor(actor: UUID) -> Account:
    """The account that the team's pages name by its random id, else 404."""
    found = select(Account).where(Account.actor_id == actor, Account.ended_at.is_(None))
    return db.session.scalars(found).one_or_none() or abort(404)


def lock(account: Account) -> None:
    """Until this unit ends nobody else decides about this account: a double press is one."""
    db.session.execute(select(Account.id).where(Account.id == account.id).with_for_update())


def staff() -> list[Account]:
    """The team, by name."""
    found = select(Account).where(Account.role.in_(STAFF_ROLES), Account.ended_at.is_(None))
    return list(db.session.scalars(found.order_by(Account.first_name, Account.last_name, Account.id)))


@dataclass(frozen=True)
class People:
    """A page of the list of all who have an account."""

    people: list[Account]
    total: int
    number: int
    pages: int

    @staticmethod
    def url(number: int) -> str:
        return url_for("people_desk.index", page=number)


def everyone(number: int) -> People:
    """All who have an account, by name, `A_PAGE` at a time; past the end, the first page."""
    number = min(max(number, 1), LAST_PAGE)
    found = select(Account, func.count().over()).where(Account.ended_at.is_(None))
    ordered = found.order_by(Account.first_name, Account.last_name, Account.id)
    rows = db.session.execute(ordered.limit(A_PAGE).offset((number - 1) * A_PAGE)).all()
    if not rows and number > 1:
        return everyone(1)
    total = rows[0][1] if rows else 0
    return People([account for account, _total in rows], total, number, ceil(total / A_PAGE))


def lock_administrators() -> Sequence[int]:
    """The ids of those who are administrators, and nobody can change that before this unit ends."""
    found = select(Account.id).where(Account.role == Role.ADMIN, Account.ended_at.is_(None))
    return db.session.scalars(found.order_by(Account.id).with_for_update()).all()


def has_second_factor(account: Account) -> bool:
    """Whether the account can prove itself in a second way."""
    if account.totp_secret is not None:
        return True
    held = select(Passkey.id).where(Passkey.account_id == account.id)
    return db.session.scalars(held.limit(1)).first() is not None


def sign_ins(account: Account) -> list[SignIn]:
    """Where this account is signed in, the latest first."""
    found = select(SignIn).where(SignIn.account_id == account.id)
    return list(db.session.scalars(found.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def parked(key: str, account: Account) -> ParkedForm | None:
    """What this person was writing when their session ended."""
    mine = select(ParkedForm).where(
        ParkedForm.key_digest == keys.digest("parked", key),
        or_(ParkedForm.account_id == account.id, ParkedForm.account_id.is_(None)),
        ParkedForm.expires_at > now(),
    )
    return db.session.scalars(mine).one_or_none()


def mailed_code(browser_digest: str) -> MailedCode | None:
    """The code that was asked for in this browser, while it lasts."""
    asked = select(MailedCode).where(MailedCode.browser_digest == browser_digest)
    return db.session.scalars(asked.where(MailedCode.expires_at > now())).one_or_none()


def demo_people() -> dict[str, Account]:
    """The people of the demo by the name their button carries."""
    names = {email_digest(f"{name}@{DEMO_DOMAIN}"): name for name in DEMO_NAMES}
    found = select(Account).where(Account.email_digest.in_(names), Account.ended_at.is_(None))
    people = {names[account.email_digest or ""]: account for account in db.session.scalars(found)}
    return {name: people[name] for name in DEMO_NAMES if name in people}
