"""Planning meetings, changing and cancelling them: members hear of each once."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from engage.accounts.models import Account
from engage.centre.queries import zone
from engage.centre.wall_clock import moments
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.keys import public_code
from engage.core.render import day as said
from engage.groups.meeting import queries, telling
from engage.groups.meeting.models import Meeting
from engage.groups.meeting.repeating import Repeat, days
from engage.groups.models import Group
from engage.journal import actions as journal

MOVING = ("day", "starts", "minutes")
TOLD = (*MOVING, "place", "remote_link")


def plan(
    group: Group, *, day: date, starts: time, minutes: int, repeat: Repeat, count: int, by: Account,
    first: str = "", **facts: Any,
) -> list[Meeting]:  # fmt: skip
    """One meeting, or one each month; `facts` are the words on it, the same for all.

    `first`: the public code of the first one, when it is known before.

    Raises Refused for an hour that clocks jump over, a day that is past, or a group that is closed.
    """
    if group.is_closed:
        raise Refused(_("This group is closed: it does not meet any more."))
    made: list[Meeting] = []
    for one in days(day, repeat, count):
        starts_at, ends_at = _moments(one, starts, minutes)
        meeting = Meeting(
            group=group, day=one, starts=starts, minutes=minutes, starts_at=starts_at, ends_at=ends_at,
            changed_at=now(), made_by_id=by.id, code=(first if not made else "") or public_code(), **facts,
        )  # fmt: skip
        db.session.add(meeting)
        made.append(meeting)
    db.session.flush()
    journal.record("meeting planned", "group", group.code, by=by, note=str(len(made)))
    telling.planned(made)
    return made


def _moments(day: date, starts: time, minutes: int) -> tuple[datetime, datetime]:
    starts_at, ends_at = moments(day, starts, minutes, zone())
    if starts_at <= now():
        raise Refused(_("%(day)s at this hour is past. Choose a later day.", day=said(day).capitalize()))
    return starts_at, ends_at


def change(meeting: Meeting, *, version: int, by: Account, **facts: Any) -> bool:
    """Whether members are told: of a new day, hour, place or link they are, of other words they are not.

    Raises Refused when somebody else has just changed it, or when it has begun or is cancelled.
    """
    queries.lock(meeting)
    _refuse_over(meeting)
    if version != meeting.version:
        raise Refused(_("Somebody has just changed this meeting. Look at it again before you send."))
    is_told = any(facts[name] != getattr(meeting, name) for name in TOLD)
    if any(facts[name] != getattr(meeting, name) for name in MOVING):
        starts_at, ends_at = _moments(facts["day"], facts["starts"], facts["minutes"])
        meeting.starts_at, meeting.ends_at = starts_at, ends_at
    for name, value in facts.items():
        setattr(meeting, name, value)
    journal.record("meeting changed", "meeting", meeting.code, by=by)
    if is_told:
        _next_version(meeting)
        telling.changed(meeting)
    return is_told


def _refuse_over(meeting: Meeting) -> None:
    if meeting.is_cancelled:
        raise Refused(_("This meeting is cancelled already."))
    if not queries.is_open(meeting):
        raise Refused(_("This meeting has begun: it cannot be changed any more."))


def _next_version(meeting: Meeting) -> None:
    """Calendars take what has a higher number (RFC 5545, 3.8.7.4)."""
    meeting.sequence += 1
    meeting.changed_at = now()
    db.session.flush()


def cancel(meeting: Meeting, *, why: str, by: Account) -> None:
    """It does not take place; it stays in sight, and says why. Raises Refused when it has begun."""
    queries.lock(meeting)
    _refuse_over(meeting)
    meeting.cancelled_at, meeting.cancelled_why = now(), why
    _next_version(meeting)
    journal.record("meeting cancelled", "meeting", meeting.code, by=by)
    telling.cancelled(meeting)
