"""The relays as coordination sees them: counts alone, never whose words they carry."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.involvement.models import Carried, Person, Relay, Source


class Line(NamedTuple):
    """One relay; `facts` is None until somebody noted for which house they speak."""

    relay: Account
    facts: Relay | None
    brought: int
    came: int


def relays() -> list[Line]:
    """By name, with how much they brought, and how many people came by their link."""
    brought = select(func.count()).where(Carried.relay_id == Account.id).scalar_subquery()
    via = select(func.count()).select_from(Person).join(Source, Source.id == Person.source_id)
    came = via.where(Source.relay_id == Account.id).scalar_subquery()
    rows = select(Account, Relay, brought, came).outerjoin(Relay, Relay.account_id == Account.id)
    theirs = rows.where(Account.role == Role.RELAY, Account.ended_at.is_(None))
    ordered = theirs.order_by(Account.first_name, Account.last_name, Account.id)
    return [Line(*row) for row in db.session.execute(ordered)]
