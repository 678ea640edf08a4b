"""Who takes results out of the house."""

from __future__ import annotations

from engage.accounts.models import Account


def take_out_tables(me: Account | None) -> bool:
    """What the team reads on the desk, as a file: nothing that is not shown there."""
    return bool(me and me.is_staff)


def take_out_answers(me: Account | None) -> bool:
    """Answers one by one, of a confidential wave, for a reason that the journal keeps: the coordination."""
    return bool(me and me.is_coordinator)
