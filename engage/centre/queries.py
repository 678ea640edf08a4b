"""The centre as pages need it; one query a request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.centre.models import Centre, ClosingDay, Contact, Referent, StaffName, WayOut
from engage.core.cache import remember
from engage.core.clock import today
from engage.core.db import Model, db
from engage.uploads.models import Upload

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
    there = select(Referent).outerjoin(Referent.account).where(Account.ended_at.is_(None))
    first = there.options(joinedload(Referent.photo)).order_by(Referent.position, Referent.id)
    return _loaded(db.session.scalars(first.limit(1)).first())


def referent() -> Referent | None:
    """The first named person to turn to (read only); nobody is sent to one whose account has ended."""
    return remember("referent", _referent)


def staff_names() -> list[str]:
    return list(db.session.scalars(select(StaffName.name).order_by(StaffName.name)))


def is_closed(on: date) -> bool:
    days = select(ClosingDay.id).where(ClosingDay.first <= on, ClosingDay.last >= on)
    return db.session.scalars(days.limit(1)).first() is not None


def centre_today() -> date:
    return today(zone())


def staff_name(row_id: int) -> StaffName:
    """Aborts with 404."""
    return db.session.get(StaffName, row_id) or abort(404)


def staff_name_rows() -> Sequence[StaffName]:
    return db.session.scalars(select(StaffName).order_by(StaffName.name)).all()


def closing_day(row_id: int) -> ClosingDay:
    """Aborts with 404."""
    return db.session.get(ClosingDay, row_id) or abort(404)


def closing_days(since: date) -> Sequence[ClosingDay]:
    """Closing days that are not over at `since`, the next first."""
    return db.session.scalars(
        select(ClosingDay).where(ClosingDay.last >= since).order_by(ClosingDay.first)
    ).all()


def referents() -> Sequence[Referent]:
    """Everyone the settings name, whoever has left included."""
    rows = select(Referent).options(joinedload(Referent.photo), joinedload(Referent.account))
    return db.session.scalars(rows.order_by(Referent.position, Referent.id)).all()


def referent_by_id(row_id: int) -> Referent:
    """Aborts with 404."""
    return db.session.get(Referent, row_id) or abort(404)


def contact(kind: WayOut) -> Contact | None:
    return db.session.get(Contact, kind)


def contacts() -> dict[WayOut, Contact]:
    """Where complaints can go."""
    return {row.kind: row for row in db.session.scalars(select(Contact))}


def shown_picture(name: str) -> Upload:
    """The logo or a portrait with this file name: pictures everyone may see. Aborts with 404."""
    public_ones = select(Centre.logo_id).union(select(Referent.photo_id))
    rows = select(Upload).where(Upload.name == name, Upload.id.in_(public_ones))
    return db.session.scalars(rows).one_or_none() or abort(404)
