"""Saying in one tap whether somebody comes, who comes instead, what they need; noting who came."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.meeting import queries as meetings
from engage.groups.meeting import telling
from engage.groups.meeting.attending import queries
from engage.groups.meeting.models import Attendance, Coming, Meeting
from engage.groups.models import MemberKind, Membership
from engage.journal import actions as journal


def say(
    meeting: Meeting,
    membership: Membership,
    *,
    is_coming: bool,
    is_remote: bool = False,
    substitute: Membership | None = None,
    by: Account,
) -> Attendance:
    """The last word counts. With a substitute the place is kept, and the substitute is told.

    Raises Refused once it has begun, or for somebody who cannot stand in.
    """
    meetings.lock(meeting)
    _refuse_over(meeting)
    if substitute:
        _refuse_substitute(membership, substitute)
    held = _held(meeting, membership)
    before = held.substitute_id
    held.coming = Coming.COMING if is_coming or substitute else Coming.EXCUSED
    held.substitute_id = substitute.id if substitute else None
    held.is_remote, held.said_at = is_remote, now()
    if substitute and substitute.id != before:
        telling.asked_to_stand_in(meeting, membership, substitute)
    if held.coming is Coming.EXCUSED:
        _give_back(meeting, membership)
    if by.id != membership.account_id:
        journal.record("coming noted", "meeting", meeting.code, by=by)
    return held


def _refuse_over(meeting: Meeting) -> None:
    if meeting.is_cancelled:
        raise Refused(_("This meeting is cancelled: there is nothing to say about it."))
    if not meetings.is_open(meeting):
        raise Refused(_("This meeting has begun. Call us if something has changed."))


def _refuse_substitute(holder: Membership, substitute: Membership) -> None:
    """A substitute comes for the member they stand in for, and sends nobody else: no chain, no circle."""
    if holder.kind is MemberKind.SUBSTITUTE:
        raise Refused(_("A substitute cannot send somebody else. Say that you do not come."))
    if substitute.substitute_for_id != holder.id or not substitute.is_active:
        raise Refused(_("This person is not your substitute. Ask us, and we will see who can come."))


def _held(meeting: Meeting, membership: Membership) -> Attendance:
    held = queries.said(meeting, membership)
    if held is None:
        held = Attendance(
            meeting_id=meeting.id,
            membership_id=membership.id,
            needs=[],
            coming=Coming.COMING,
            said_at=now(),
        )
        db.session.add(held)
    return held


def _give_back(meeting: Meeting, substitute: Membership) -> None:
    """Whoever counted on this substitute does not come either, until they say so, and is told."""
    for held in queries.stands_in_for(meeting, substitute):
        held.coming, held.substitute_id = Coming.EXCUSED, None
        telling.left_without(meeting, held.membership, substitute)


def say_needs(
    meeting: Meeting, membership: Membership, *, needs: Collection[str], needs_words: str, by: Account
) -> None:
    """What this person needs to take part. Raises Refused once it has begun."""
    meetings.lock(meeting)
    _refuse_over(meeting)
    held = _held(meeting, membership)
    held.needs, held.needs_words = sorted(needs), needs_words or None
    if by.id != membership.account_id:
        journal.record("needs noted", "meeting", meeting.code, by=by)


def note_who_came(meeting: Meeting, *, came: Collection[str], by: Account) -> None:
    """`came`: codes of memberships. A substitute who was there alone had the place of their member.

    The others were not there, and who excused themselves stays excused. Raises Refused before it begins.
    """
    meetings.lock(meeting)
    if meetings.is_open(meeting) or meeting.is_cancelled:
        raise Refused(_("This meeting has not begun: nobody can have been there."))
    seats = meetings.roster(meeting)
    there = {seat.membership.id: seat.membership for seat in seats if seat.membership.code in came}
    alone = [one for one in there.values() if one.substitute_for_id and one.substitute_for_id not in there]
    instead = {one.substitute_for_id: one.id for one in alone}
    for seat in seats:
        holder = seat.membership
        held = _held(meeting, holder)
        held.substitute_id = instead.get(holder.id)
        if held.substitute_id or (holder.id in there and holder.id not in instead.values()):
            held.coming = Coming.CAME
        elif seat.said is None or held.coming is not Coming.EXCUSED:
            held.coming = Coming.ABSENT
    journal.record("presence noted", "meeting", meeting.code, by=by)


def forget_needs(before: datetime) -> int:
    """Erase what people needed at meetings that were over by then; how many people."""
    found = queries.with_needs_before(before)
    for held in found:
        held.needs, held.needs_words = [], None
    return len(found)


def forget_person(account: Account) -> None:
    """What they needed; that they came stays, and names nobody once the account is gone."""
    for held, _meeting in queries.of_account(account):
        held.needs, held.needs_words = [], None
