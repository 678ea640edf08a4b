"""Who may see the way of people, and change it."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.involvement.models import Person


def see_people(me: Account | None) -> bool:
    """The whole team: who meets somebody at reception notes it."""
    return me is not None and me.is_staff


def meet(me: Account | None) -> bool:
    return see_people(me)


def move(me: Account | None, _person: Person) -> bool:
    return see_people(me)
