"""Any member may feed the agenda; whoever sets it keeps, orders, closes."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups.meeting.models import AgendaItem, Meeting
from engage.groups.meeting.queries import is_open
from engage.groups.permissions import set_agenda, take_part


def propose(me: Account | None, meeting: Meeting) -> bool:
    if not is_open(meeting) or meeting.agenda_closed_at is not None:
        return False
    return take_part(me, meeting.group) or set_agenda(me, meeting.group)


def keep(me: Account | None, meeting: Meeting) -> bool:
    return set_agenda(me, meeting.group) and is_open(meeting)


def set_aside(me: Account | None, meeting: Meeting) -> bool:
    return keep(me, meeting)


def move_up(me: Account | None, meeting: Meeting) -> bool:
    return keep(me, meeting)


def drop(me: Account | None, meeting: Meeting, item: AgendaItem) -> bool:
    """One's own wish while it is not on; any, for whoever sets the agenda."""
    own = me is not None and me.id == item.proposed_by_id and not item.is_kept
    return is_open(meeting) and (own or keep(me, meeting))


def close(me: Account | None, meeting: Meeting) -> bool:
    return keep(me, meeting) and meeting.agenda_closed_at is None


def reopen(me: Account | None, meeting: Meeting) -> bool:
    return keep(me, meeting) and meeting.agenda_closed_at is not None
