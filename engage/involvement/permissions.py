"""Who may see the way of people, and change it."""

from __future__ import annotations

from engage.accounts.models import Account


def see_people(me: Account | None) -> bool:
    """The whole team: who meets somebody at reception notes it."""
    return me is not None and me.is_staff


def meet(me: Account | None) -> bool:
    return see_people(me)


def move(me: Account | None) -> bool:
    return see_people(me)


def correct(me: Account | None) -> bool:
    """What the person asked for by phone or at reception."""
    return see_people(me)


def decline(me: Account | None) -> bool:
    return see_people(me)


def pause(me: Account | None) -> bool:
    return see_people(me)


def resume(me: Account | None) -> bool:
    return see_people(me)


def erase(me: Account | None) -> bool:
    """On the demand of the person."""
    return see_people(me)


def give_code(me: Account | None) -> bool:
    """The number that opens a person's own page, told to nobody but them."""
    return see_people(me)
