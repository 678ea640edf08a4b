"""Who may write the programme of an event: whoever plans events."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.events import permissions as events


def see(me: Account | None) -> bool:
    """The team reads every programme, published or not."""
    return events.see_desk(me)


def bring_in(me: Account | None) -> bool:
    return events.create(me)


def take_out(me: Account | None) -> bool:
    """Nobody's name stands in it but those of who speaks."""
    return events.see_desk(me)


def describe(me: Account | None) -> bool:
    return events.edit(me)


def add_slot(me: Account | None) -> bool:
    return events.edit(me)


def edit_slot(me: Account | None) -> bool:
    return events.edit(me)


def remove_slot(me: Account | None) -> bool:
    return events.edit(me)
