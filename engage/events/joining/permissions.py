"""Who may join a group for somebody, and see who belongs to it; with the follow-up code one acts oneself."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.events import permissions as events
from engage.events.joining.models import Member
from engage.events.signing import permissions as signing


def see(me: Account | None) -> bool:
    """How many belong to it."""
    return events.see_desk(me)


def read_members(me: Account | None) -> bool:
    """Who belongs to it: each look is in the journal."""
    return events.read_guests(me)


def join(me: Account | None) -> bool:
    """On somebody's behalf: the team and relays; for oneself everybody may."""
    return signing.sign_up(me)


def change(me: Account | None, member: Member) -> bool:
    """The team, the person, and who brought them."""
    return leave(me, member)


def excuse(me: Account | None, member: Member) -> bool:
    """One date of it."""
    return leave(me, member)


def come_back(me: Account | None, member: Member) -> bool:
    return leave(me, member)


def leave(me: Account | None, member: Member) -> bool:
    """The team, the person, and who brought them."""
    if me is None or not me.is_active:
        return False
    return me.is_staff or me.id in (member.account_id, member.entered_by_id)
