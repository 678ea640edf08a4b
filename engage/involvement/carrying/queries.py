"""What relays brought, and for whom."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.db import db
from engage.involvement.models import Carried, Relay


def of_relay(relay: Account) -> Sequence[Carried]:
    """What this relay brought, the newest first."""
    rows = select(Carried).filter_by(relay_id=relay.id)
    return db.session.scalars(rows.order_by(Carried.carried_at.desc(), Carried.id.desc())).all()


def one(kind: str, ref: str) -> Carried:
    """The row of a thing that a relay brought."""
    return db.session.scalars(select(Carried).filter_by(kind=kind, ref=ref)).one()


def facts(relay: Account) -> Relay | None:
    """For which house this relay speaks, as the team noted it."""
    return db.session.get(Relay, relay.id)
