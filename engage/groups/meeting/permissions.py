"""Who may plan meetings of a group, change and cancel them."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.groups.meeting.models import Meeting
from engage.groups.meeting.queries import is_open
from engage.groups.models import Group
from engage.groups.permissions import set_agenda


def plan(me: Account | None, group: Group) -> bool:
    return set_agenda(me, group)


def change(me: Account | None, meeting: Meeting) -> bool:
    return set_agenda(me, meeting.group) and is_open(meeting)


def cancel(me: Account | None, meeting: Meeting) -> bool:
    return change(me, meeting)
