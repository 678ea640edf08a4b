"""Who says that somebody comes to a meeting, and who notes who came."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups.meeting.models import Meeting
from engage.groups.meeting.queries import is_open
from engage.groups.models import Membership
from engage.groups.permissions import CHAIR, PEN, take_part
from engage.groups.queries import membership as membership_of


def say(me: Account | None, meeting: Meeting, membership: Membership) -> bool:
    """For oneself; the team and the secretary for whoever told them at the phone or by letter."""
    if not is_open(meeting) or meeting.group.is_closed:
        return False
    own = me is not None and me.id == membership.account_id
    return take_part(me, meeting.group) if own else _keeps_the_list(me, meeting)


def say_needs(me: Account | None, meeting: Meeting, membership: Membership) -> bool:
    """For oneself; the team for whoever told them. Other members neither read nor write them."""
    own = me is not None and me.id == membership.account_id
    return (own or see_needs(me)) and say(me, meeting, membership)


def see_needs(me: Account | None) -> bool:
    """Those who prepare the room; other members have no need to know."""
    return bool(me and me.is_staff)


def note_who_came(me: Account | None, meeting: Meeting) -> bool:
    """Once it has begun."""
    return not meeting.is_cancelled and not is_open(meeting) and _keeps_the_list(me, meeting)


def _keeps_the_list(me: Account | None, meeting: Meeting) -> bool:
    if me is not None and me.is_staff:
        return True
    member = membership_of(me, meeting.group)
    return take_part(me, meeting.group) and member is not None and member.kind in PEN | CHAIR
