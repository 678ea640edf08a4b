"""Who may ask a questionnaire in the centre's name."""

from __future__ import annotations

from engage.accounts.models import Account


def see_desk(me: Account | None) -> bool:
    """The team sees every wave and how far it is."""
    return bool(me and me.is_staff)


def open_wave(me: Account | None) -> bool:
    """Coordinators and administrators open waves."""
    return bool(me and me.is_coordinator)


def hand_out(me: Account | None) -> bool:
    """Who opens a wave prints its tickets."""
    return open_wave(me)


def edit(me: Account | None) -> bool:
    return open_wave(me)


def close_wave(me: Account | None) -> bool:
    return open_wave(me)


def withdraw(me: Account | None) -> bool:
    return open_wave(me)


def cancel_unused(me: Account | None) -> bool:
    """Who prints tickets cancels them."""
    return hand_out(me)


def count_paper(me: Account | None) -> bool:
    """Who types sheets knows how many were handed out."""
    return type_sheet(me)


def type_sheet(me: Account | None) -> bool:
    """The whole team types what came on paper."""
    return see_desk(me)


def type_call(me: Account | None) -> bool:
    """The whole team asks questions by phone."""
    return see_desk(me)


def agree(me: Account | None) -> bool:
    """Who types sheets settles where two entries differ."""
    return type_sheet(me)
