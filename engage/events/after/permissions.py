"""Who may note what a date gave, and who may take its list out of the house."""

from __future__ import annotations

from engage.accounts.models import Account


def see_desk(me: Account | None) -> bool:
    """The team sees what a date gave."""
    return bool(me and me.is_staff)


def judge(me: Account | None) -> bool:
    """Who answers for the site decides which words everybody reads."""
    return see_desk(me)


def prepare(me: Account | None) -> bool:
    """Whoever prepares the room ticks what is ready."""
    return see_desk(me)


def write_minutes(me: Account | None) -> bool:
    return see_desk(me)


def add_photo(me: Account | None) -> bool:
    return see_desk(me)


def remove_photo(me: Account | None) -> bool:
    """Somebody asks at the desk: it goes at once."""
    return see_desk(me)


def tie(me: Account | None) -> bool:
    """Who makes commitments says what they follow from."""
    return bool(me and me.is_coordinator)


def untie(me: Account | None) -> bool:
    return tie(me)


def read_refusals(me: Account | None) -> bool:
    """Whoever takes or shows pictures must know who is not to be on them; each look is in the journal."""
    return see_desk(me)


def attest(me: Account | None) -> bool:
    """The team saw who came."""
    return see_desk(me)


def take_out(me: Account | None) -> bool:
    """Coordinators take lists out of the house; each time is in the journal."""
    return bool(me and me.is_coordinator)


def see_hours(me: Account | None) -> bool:
    """Coordinators count the hours of partner patients."""
    return bool(me and me.is_coordinator)


def take_out_hours(me: Account | None) -> bool:
    return see_hours(me)
