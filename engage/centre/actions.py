"""Setting the centre's facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from engage.accounts.models import Account
from engage.centre.models import Centre, ClosingDay, Contact, Referent, StaffName, WayOut
from engage.core import cache
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal.actions import record
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
    """A new photo replaces the old one; none keeps it."""
    for name, value in facts.items():
        setattr(referent, name, value)
    if photo:
        referent.photo = photo
    record("referent edited", "referent", str(referent.id), by=by)
    cache.forget()


def remove_referent(referent: Referent, *, by: Account) -> None:
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
