"""Meetings: what a person may see of them, who is expected, and which hours they gave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask import abort
from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, defer

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.groups import permissions as may_group
from engage.groups import queries as groups
from engage.groups.meeting.models import Attendance, Coming, Meeting
from engage.groups.meeting.words import title
from engage.groups.models import Group, Membership, MembershipPause, MembershipWish
from engage.groups.registry import Hours
from engage.involvement.models import Person

A_PAGE = 20
LAST_PAGE = 10_000
MOST_TO_COME = 60
# Built once: building is half the price of asking. A list shows no link into a meeting.
TO_COME = (
    select(Meeting)
    .where(Meeting.group_id == bindparam("group"), Meeting.ends_at > bindparam("now"))
    .order_by(Meeting.starts_at, Meeting.id)
    .limit(bindparam("most"))
    .options(defer(Meeting.remote_link))
)

ASKED = (
    select(Meeting, Membership, MembershipPause)
    .join(Meeting.group)
    .outerjoin(Membership, groups.MINE)
    .outerjoin(MembershipPause, groups.PAUSE)
    .where(Meeting.code == bindparam("code"))
    .options(contains_eager(Meeting.group))
)


def get(me: Account | None, code: str) -> Meeting:
    """The meeting that I may know of: of a public group, of mine, or any for the team; else 404.

    How I stand in its group is asked along with it.
    """
    found = db.session.execute(ASKED, {"code": code, "me": groups.asked_as(me)}).one_or_none()
    meeting, member, pause = found or (None, None, None)
    if meeting:
        groups.hold(me, meeting.group, member, pause)
    if meeting is None or not (meeting.group.is_public or may_group.see_private(me, meeting.group)):
        abort(404)
    return meeting


def by_code(code: str) -> Meeting | None:
    rows = select(Meeting).where(Meeting.code == code).join(Meeting.group)
    return db.session.scalars(rows.options(contains_eager(Meeting.group))).one_or_none()


def is_open(meeting: Meeting) -> bool:
    """It is to come: not cancelled, and not begun."""
    return not meeting.is_cancelled and meeting.starts_at > now()


def lock(meeting: Meeting) -> None:
    """Until this unit ends nobody else changes what belongs to this meeting."""
    db.session.flush()  # what this unit changed already is kept
    db.session.refresh(meeting, with_for_update=True)


def upcoming(group: Group, most: int = MOST_TO_COME) -> Sequence[Meeting]:
    """Those that are not over, the next one first; cancelled ones too, which say so."""
    return db.session.scalars(TO_COME, {"group": group.id, "now": now(), "most": most}).all()


class Past(NamedTuple):
    """Some of the meetings that are over, the last one first."""

    meetings: Sequence[Meeting]
    number: int
    pages: int


def past(group: Group, page: int) -> Past:
    """`A_PAGE` at a time; past the end, the first page."""
    number = min(max(page, 1), LAST_PAGE)
    rows = select(Meeting, func.count().over()).where(Meeting.group_id == group.id, Meeting.ends_at <= now())
    ordered = rows.order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    found = db.session.execute(ordered.limit(A_PAGE).offset((number - 1) * A_PAGE)).all()
    if not found and number > 1:
        return past(group, 1)
    total = found[0][1] if found else 0
    return Past([meeting for meeting, _total in found], number, max(1, -(-total // A_PAGE)))


class Seat(NamedTuple):
    """Somebody who belonged to the group when it met, and what they said about coming."""

    membership: Membership
    said: Attendance | None

    @property
    def name(self) -> str:
        account = self.membership.account
        return account.full_name if account else ""


def roster(meeting: Meeting) -> list[Seat]:
    """Everybody whose meeting this is or was, in the order in which they came into the group."""
    theirs = and_(Attendance.membership_id == Membership.id, Attendance.meeting_id == meeting.id)
    rows = select(Membership, Attendance).outerjoin(Membership.account).outerjoin(Attendance, theirs)
    there = rows.where(Membership.group_id == meeting.group_id, _belonged(meeting))
    ordered = there.order_by(Membership.begun_at, Membership.id)
    found = db.session.execute(ordered.options(contains_eager(Membership.account)))
    return [Seat(membership, said) for membership, said in found]


def _belonged(meeting: Meeting) -> ColumnElement[bool]:
    still = or_(Membership.ended_at.is_(None), Membership.ended_at > meeting.starts_at)
    return and_(Membership.begun_at < meeting.ends_at, still)


class Reader(NamedTuple):
    """A member who may be written to today, and where letters to them go."""

    membership: Membership
    account: Account
    address: str | None


def readers(group: Group) -> list[Reader]:
    """Every member but those who paused in this group or altogether."""
    away = func.coalesce(Person.paused_until > centre_today(), False)
    rows = (
        select(Membership, Account, MembershipWish.address)
        .join(Account, Membership.account_id == Account.id)
        .outerjoin(MembershipWish, MembershipWish.membership_id == Membership.id)
        .outerjoin(Person, Person.account_id == Account.id)
        .where(Membership.group_id == group.id, Membership.ended_at.is_(None), Account.ended_at.is_(None))
    )
    paused = groups.paused_ids(group)
    found = db.session.execute(rows.where(~away).order_by(Membership.id))
    return [Reader(*row) for row in found if row[0].id not in paused]


def minutes_given(account: Account, first: date, last: date) -> list[Hours]:
    """The meetings from one day to another at which this person was, also in somebody's place."""
    holder, substitute = aliased(Membership), aliased(Membership)
    rows = select(Meeting).join(Attendance, Attendance.meeting_id == Meeting.id).join(Meeting.group)
    rows = rows.join(holder, holder.id == Attendance.membership_id)
    rows = rows.outerjoin(substitute, substitute.id == Attendance.substitute_id)
    there = or_(
        and_(Attendance.substitute_id.is_(None), holder.account_id == account.id),
        substitute.account_id == account.id,
    )
    within = Meeting.day.between(first, last)
    came = rows.where(there, within, Attendance.coming == Coming.CAME).distinct()
    found = db.session.scalars(came.options(contains_eager(Meeting.group)).order_by(Meeting.starts_at))
    return [Hours(meeting.day, title(meeting), meeting.minutes) for meeting in found]
