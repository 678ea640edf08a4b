"""What the team may do with the way of somebody."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.involvement.permissions import see_people


def look(me: Account | None) -> bool:
    """To open the list, or somebody's page: each look of the day is noted."""
    return see_people(me)


def plan(me: Account | None) -> bool:
    return see_people(me)


def replan(me: Account | None) -> bool:
    return see_people(me)


def finish(me: Account | None) -> bool:
    return see_people(me)


def note(me: Account | None) -> bool:
    return see_people(me)


def take_back(me: Account | None) -> bool:
    """A note that is wrong, or that the person wants gone."""
    return see_people(me)
