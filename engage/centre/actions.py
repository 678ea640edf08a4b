"""Setting the centre's facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from engage.accounts.models import Account
from engage.centre.models import Centre, ClosingDay, Contact, Referent, StaffName, WayOut
from engage.core import cache
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal.actions import record
from engage.uploads import actions as uploads
from engage.uploads.models import Upload


def edit(centre: Centre, *, by: Account, **facts: Any) -> None:
    """Set the facts given by name; the journal names them, not their values."""
    for name, value in facts.items():
        setattr(centre, name, value)
    centre.updated_at = now()
    record("settings edited", "centre", "1", by=by, note=", ".join(sorted(facts)))
    cache.forget()


def add_referent(*, photo: Upload | None, by: Account, **facts: Any) -> Referent:
    """One more person to turn to."""
    referent = Referent(photo=photo, **facts)
    db.session.add(referent)
    db.session.flush()
    record("referent added", "referent", str(referent.id), by=by)
    cache.forget()
    return referent


def edit_referent(referent: Referent, *, photo: Upload | None, by: Account, **facts: Any) -> None:
    """A new photo replaces the old one; none keeps it, unless it is somebody else who is named now."""
    is_another = referent.account_id not in {None, facts["account_id"]}
    for name, value in facts.items():
        setattr(referent, name, value)
    if photo or is_another:
        _show(referent, photo)
    elif referent.photo:
        referent.photo.alt = referent.first_name
    record("referent edited", "referent", str(referent.id), by=by)
    cache.forget()


def _show(referent: Referent, photo: Upload | None) -> None:
    """The file of who was shown before is erased."""
    before, referent.photo = referent.photo, photo
    db.session.flush()
    if before:
        uploads.erase(before)


def forget_person(me: Account) -> None:
    """Nobody is sent any more to who has left."""
    for referent in db.session.scalars(select(Referent).filter_by(account_id=me.id)).all():
        remove_referent(referent, by=me)


def remove_referent(referent: Referent, *, by: Account) -> None:
    _show(referent, None)
    db.session.delete(referent)
    record("referent removed", "referent", str(referent.id), by=by)
    cache.forget()


def close_between(*, first: date, last: date, reason: str, by: Account) -> None:
    """Nobody is there from `first` to `last`, both included."""
    db.session.add(ClosingDay(first=first, last=last, reason=reason))
    record("closing days added", "centre", "1", by=by, note=f"{first} – {last}")


def reopen(day: ClosingDay, *, by: Account) -> None:
    db.session.delete(day)
    record("closing days removed", "centre", "1", by=by, note=f"{day.first} – {day.last}")


def name_staff(known: list[str], *, name: str, by: Account) -> None:
    """Add a name that must not appear in public texts. Raises Refused when it is in the list."""
    if name.casefold() in {one.casefold() for one in known}:
        raise Refused(_("This name is already in the list."))
    db.session.add(StaffName(name=name))
    record("staff name added", "centre", "1", by=by)


def forget_staff(row: StaffName, *, by: Account) -> None:
    db.session.delete(row)
    record("staff name removed", "centre", "1", by=by)


def give_contact(kind: WayOut, contact: Contact | None, *, by: Account, **facts: str) -> None:
    """Say where a complaint of this kind can go."""
    row = contact or Contact(kind=kind)
    for name, value in facts.items():
        setattr(row, name, value)
    db.session.add(row)
    record("contact edited", "centre", str(kind), by=by)
    cache.forget()
