"""Who may change whose place; with the follow-up code a page lets its author in by itself."""

from __future__ import annotations

from engage.accounts.models import Account, Role
from engage.events.signing.models import SignUp


def sign_up(me: Account | None) -> bool:
    """On somebody's behalf: the team and relays; for oneself everybody may."""
    return bool(me and me.is_active and (me.is_staff or me.role is Role.RELAY))


def cancel(me: Account | None, sign_up: SignUp) -> bool:
    """The team, the person, and who signed them up."""
    if me is None or not me.is_active:
        return False
    return me.is_staff or me.id in (sign_up.account_id, sign_up.entered_by_id)


def change(me: Account | None, sign_up: SignUp) -> bool:
    return cancel(me, sign_up)


def rewrite(me: Account | None, sign_up: SignUp) -> bool:
    return change(me, sign_up)


def accept(me: Account | None, sign_up: SignUp) -> bool:
    """Also on the phone, when the team calls."""
    return cancel(me, sign_up)


def decline(me: Account | None, sign_up: SignUp) -> bool:
    return cancel(me, sign_up)


def set_capacity(me: Account | None) -> bool:
    """The team knows the room."""
    return bool(me and me.is_staff)


def cancel_occurrence(me: Account | None) -> bool:
    """The team sees the weather."""
    return bool(me and me.is_staff)


def cancel_occurrences(me: Account | None) -> bool:
    return cancel_occurrence(me)
