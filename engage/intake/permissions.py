"""Who may set up the doors by which people speak."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.intake import queries


def see_kiosks(person: Account | None) -> bool:
    return person is not None and person.is_staff


def open_kiosk(person: Account | None) -> bool:
    return see_kiosks(person)


def rename_kiosk(person: Account | None) -> bool:
    return see_kiosks(person)


def close_kiosk(person: Account | None) -> bool:
    return see_kiosks(person)


def add_distress_phrase(person: Account | None) -> bool:
    """Words that decide who is shown the emergency numbers are the administrators' alone."""
    return person is not None and person.is_admin


def remove_distress_phrase(person: Account | None) -> bool:
    return add_distress_phrase(person)


def read_complaints(person: Account | None) -> bool:
    """Who coordinates, and whoever stands in for the referent today: nobody else on the team."""
    if person is None or not person.is_staff:
        return False
    if person.is_coordinator:
        return True
    referent = centre_queries.referent()
    if referent is None or person.id not in (referent.account_id, referent.cover_id):
        return False
    on_duty = queries.on_duty()
    return on_duty is not None and on_duty.id == person.id


def read_complaint(person: Account | None) -> bool:
    return read_complaints(person)


def close_complaint(person: Account | None) -> bool:
    return read_complaints(person)
