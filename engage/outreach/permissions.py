"""Who calls and writes for the centre: the whole team."""

from __future__ import annotations

from engage.accounts.models import Account


def see_list(me: Account | None) -> bool:
    return bool(me and me.is_staff)


def reveal(me: Account | None) -> bool:
    """How to reach a person; each look is in the journal."""
    return see_list(me)


def tell(me: Account | None) -> bool:
    return see_list(me)


def untell(me: Account | None) -> bool:
    """Anyone of the team may mend what a colleague noted by mistake."""
    return see_list(me)


def send_again(me: Account | None) -> bool:
    return see_list(me)


def print_list(me: Account | None) -> bool:
    """The list on paper holds every contact: one line in the journal a print."""
    return see_list(me)
