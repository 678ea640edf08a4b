"""The centre as pages need it; one query a request."""

from __future__ import annotations

from datetime import date

from flask import g
from sqlalchemy import select

from engage.centre.models import Centre, ClosingDay, Referent, StaffName
from engage.core.clock import today
from engage.core.db import db


def centre() -> Centre:
    """The one row of the centre. Raises NoResultFound before `engage init`."""
    if "centre" not in g:
        g.centre = db.session.scalars(select(Centre)).one()
    row: Centre = g.centre
    return row


def zone() -> str:
    return centre().zone


def referent() -> Referent | None:
    """The first named person to turn to."""
    if "referent" not in g:
        g.referent = db.session.scalars(select(Referent).order_by(Referent.position, Referent.id).limit(1)).first()
    row: Referent | None = g.referent
    return row


def staff_names() -> list[str]:
    return list(db.session.scalars(select(StaffName.name).order_by(StaffName.name)))


def is_closed(on: date) -> bool:
    days = select(ClosingDay.id).where(ClosingDay.first <= on, ClosingDay.last >= on)
    return db.session.scalars(days.limit(1)).first() is not None


def centre_today() -> date:
    return today(zone())
