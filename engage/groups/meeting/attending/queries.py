"""Who said what about coming to a meeting, and who may stand in for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import abort
from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.core.db import db
from engage.groups.meeting.models import Attendance, Coming, Meeting
from engage.groups.meeting.queries import Seat
from engage.groups.models import Membership

NOTHING = "[]"


def said(meeting: Meeting, membership: Membership) -> Attendance | None:
    return db.session.get(Attendance, (meeting.id, membership.id))


def member(meeting: Meeting, code: str) -> Membership:
    """Somebody who belongs to the group of this meeting, else 404."""
    rows = select(Membership).filter_by(group_id=meeting.group_id, code=code, ended_at=None)
    return db.session.scalars(rows.options(joinedload(Membership.account))).one_or_none() or abort(404)


def stands_in_for(meeting: Meeting, substitute: Membership) -> Sequence[Attendance]:
    """In whose place this person is expected."""
    rows = select(Attendance).filter_by(meeting_id=meeting.id, substitute_id=substitute.id)
    return db.session.scalars(rows).all()


def mine(seats: Sequence[Seat], account: Account | None) -> Seat | None:
    """My own seat among those of a meeting."""
    held = (seat for seat in seats if account and seat.membership.account_id == account.id)
    return next((seat for seat in held if seat.membership.is_active), None)


def substitutes(seats: Sequence[Seat], seat: Seat | None) -> list[Seat]:
    """Who may come in the place of this person."""
    if seat is None:
        return []
    return [
        one
        for one in seats
        if one.membership.substitute_for_id == seat.membership.id and one.membership.is_active
    ]


def expected(seats: Sequence[Seat]) -> list[Seat]:
    """One seat for each person who comes, in their own place or in somebody's."""
    return _in_person(seats, Coming.COMING)


def present(seats: Sequence[Seat]) -> list[Seat]:
    """One seat for each person who was there."""
    return _in_person(seats, Coming.CAME)


def _in_person(seats: Sequence[Seat], coming: Coming) -> list[Seat]:
    kept = [seat.said for seat in seats if seat.said and seat.said.coming is coming]
    there = {said.substitute_id or said.membership_id for said in kept}
    return [seat for seat in seats if seat.membership.id in there]


def with_needs_before(limit: datetime) -> Sequence[Attendance]:
    """What people needed at meetings that were over by then."""
    rows = select(Attendance).join(Meeting, Meeting.id == Attendance.meeting_id)
    held = or_(Attendance.needs_words.is_not(None), cast(Attendance.needs, Text) != NOTHING)
    return db.session.scalars(rows.where(Meeting.ends_at < limit, held)).all()


def of_account(account: Account) -> Sequence[tuple[Attendance, Meeting]]:
    """All that this person said about coming, the first meeting first."""
    rows = select(Attendance, Meeting).join(Meeting, Meeting.id == Attendance.meeting_id)
    theirs = rows.join(Membership, Membership.id == Attendance.membership_id)
    found = db.session.execute(theirs.where(Membership.account_id == account.id).order_by(Meeting.starts_at))
    return [(attendance, meeting) for attendance, meeting in found]
