"""Feeding the agenda, keeping what will be spoken of, ordering it, closing it."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups import permissions as may_group
from engage.groups.meeting import queries as meetings
from engage.groups.meeting.agenda import queries
from engage.groups.meeting.models import AgendaItem, Meeting
from engage.journal import actions as journal

MOST = 40


def propose(
    meeting: Meeting, *, text: str, minutes: int | None, about: tuple[str, str] = ("", ""), by: Account
) -> AgendaItem:
    """On at once when `by` sets the agenda, else a wish that waits. Raises Refused when it is closed or full.

    `about`: kind and ref of a subject that the group took up.
    """
    meetings.lock(meeting)
    _refuse_closed(meeting)
    if len(queries.items(meeting)) >= MOST:
        raise Refused(_("The agenda is full: %(most)s points at most. Keep it for next time.", most=MOST))
    item = AgendaItem(
        meeting_id=meeting.id, position=queries.last_position(meeting) + 1, text=text, minutes=minutes,
        about_kind=about[0], about_ref=about[1], proposed_by_id=by.id, proposed_at=now(),
        is_kept=may_group.set_agenda(by, meeting.group),
    )  # fmt: skip
    db.session.add(item)
    db.session.flush()
    return item


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.agenda_closed_at is not None:
        raise Refused(_("The agenda is closed. Keep this point for the next meeting, or say it to us."))
    _refuse_over(meeting)


def _refuse_over(meeting: Meeting) -> None:
    if not meetings.is_open(meeting):
        raise Refused(_("This meeting has begun, or is cancelled: its agenda does not change any more."))


def keep(meeting: Meeting, item: AgendaItem, *, by: Account) -> None:
    """It will be spoken of, after what is on already."""
    _set(meeting, item, is_kept=True, by=by)


def set_aside(meeting: Meeting, item: AgendaItem, *, by: Account) -> None:
    """It is a wish again."""
    _set(meeting, item, is_kept=False, by=by)


def _set(meeting: Meeting, item: AgendaItem, *, is_kept: bool, by: Account) -> None:
    meetings.lock(meeting)
    _refuse_over(meeting)
    if item.is_kept != is_kept:
        item.is_kept, item.position = is_kept, queries.last_position(meeting) + 1
        journal.record("agenda changed", "meeting", meeting.code, by=by)


def move_up(meeting: Meeting, item: AgendaItem, *, by: Account) -> None:
    """It changes places with the one before it; the first stays first."""
    meetings.lock(meeting)
    _refuse_over(meeting)
    kept = [one for one in queries.items(meeting) if one.is_kept]
    place = kept.index(item) if item in kept else 0
    if place:
        before = kept[place - 1]
        before.position, item.position = item.position, before.position
        journal.record("agenda changed", "meeting", meeting.code, by=by)


def drop(meeting: Meeting, item: AgendaItem, *, by: Account) -> None:
    """It is gone. What a member wished is set aside rather, unless it was theirs."""
    meetings.lock(meeting)
    _refuse_over(meeting)
    db.session.delete(item)
    if item.proposed_by_id != by.id:
        journal.record("agenda changed", "meeting", meeting.code, by=by)


def close(meeting: Meeting, *, by: Account) -> None:
    """Nobody adds to it any more: it is printed and posted. Raises Refused while nothing is on."""
    meetings.lock(meeting)
    _refuse_over(meeting)
    if not any(item.is_kept for item in queries.items(meeting)):
        raise Refused(_("Nothing is on the agenda yet. Keep at least one point, then close it."))
    if meeting.agenda_closed_at is None:
        meeting.agenda_closed_at = now()
        journal.record("agenda closed", "meeting", meeting.code, by=by)


def reopen(meeting: Meeting, *, by: Account) -> None:
    meetings.lock(meeting)
    _refuse_over(meeting)
    meeting.agenda_closed_at = None
    journal.record("agenda opened again", "meeting", meeting.code, by=by)
