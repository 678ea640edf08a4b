"""Who may ask a questionnaire in the centre's name."""

from __future__ import annotations

from engage.accounts.models import Account


def open_wave(me: Account | None) -> bool:
    """Coordinators and administrators open waves."""
    return bool(me and me.is_coordinator)


def hand_out(me: Account | None) -> bool:
    """Who opens a wave prints its tickets."""
    return open_wave(me)
