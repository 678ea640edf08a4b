"""The centre as pages need it; one query a request."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.centre.models import Centre, ClosingDay, Referent, StaffName
from engage.core.cache import remember
from engage.core.clock import today
from engage.core.db import Model, db

Row = TypeVar("Row", bound=Model)


def _loaded(row: Row | None) -> Row | None:
    """A row that can be read after its session is gone, by every thread."""
    if row is not None:
        db.session.expunge(row)
    return row


def editable() -> Centre:
    """The one row of the centre, to change it. Raises NoResultFound before `engage init`."""
    return db.session.scalars(select(Centre)).one()


def _centre() -> Centre | None:
    return _loaded(db.session.scalars(select(Centre).options(joinedload(Centre.logo))).one())


def centre() -> Centre:
    """The centre as pages show it (read only). Raises NoResultFound before `engage init`."""
    row = remember("centre", _centre)
    if row is None:
        raise LookupError("no centre")
    return row


def zone() -> str:
    return centre().zone


def _referent() -> Referent | None:
    first = select(Referent).options(joinedload(Referent.photo)).order_by(Referent.position, Referent.id)
    return _loaded(db.session.scalars(first.limit(1)).first())


def referent() -> Referent | None:
    """The first named person to turn to (read only)."""
    return remember("referent", _referent)


def staff_names() -> list[str]:
    return list(db.session.scalars(select(StaffName.name).order_by(StaffName.name)))


def is_closed(on: date) -> bool:
    days = select(ClosingDay.id).where(ClosingDay.first <= on, ClosingDay.last >= on)
    return db.session.scalars(days.limit(1)).first() is not None


def centre_today() -> date:
    return today(zone())
