"""Who answers people who apply: whoever steers; a relay may bring the wish of somebody."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups.permissions import manage


def read(person: Account | None) -> bool:
    return manage(person)


def look(person: Account | None) -> bool:
    """Open what somebody left: each look of the day is noted."""
    return manage(person)


def enter(person: Account | None) -> bool:
    """Type in what somebody said on the phone, on paper or at reception."""
    return manage(person)


def view_contact(person: Account | None) -> bool:
    return manage(person)


def note_answers(person: Account | None) -> bool:
    return manage(person)


def accept(person: Account | None) -> bool:
    return manage(person)


def refuse(person: Account | None) -> bool:
    return manage(person)
