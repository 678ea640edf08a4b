"""Who sets the centre's facts."""

from __future__ import annotations

from engage.accounts.models import Account


def edit(me: Account | None) -> bool:
    """Coordinators and administrators say who we are and how we work."""
    return bool(me and me.is_coordinator)


add_referent = edit_referent = remove_referent = edit
close_between = reopen = edit
name_staff = forget_staff = edit
give_contact = edit
