"""Who brings ideas in from a file, and who takes them out into one."""

from __future__ import annotations

from engage.accounts.models import Account


def bring_in(me: Account | None) -> bool:
    """Many ideas at once, most of them public: the coordination."""
    return bool(me and me.is_coordinator)


def take_out(me: Account | None) -> bool:
    """What the team reads on the desk, without contacts."""
    return bool(me and me.is_staff)


def take_out_contacts(me: Account | None) -> bool:
    """How to reach those who wrote: the coordination, for a reason that the journal keeps."""
    return bool(me and me.is_coordinator)
