"""Decisions: what a person may see of them, who has voted, and which come back to be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.groups import permissions as may_group
from engage.groups import queries as groups
from engage.groups.deciding.models import Ballot, BallotTicket, Decision, Way
from engage.groups.meeting.models import Attendance, Coming, Meeting
from engage.groups.models import Autonomy, Group, Membership

A_PAGE = 50
TEAM_DECIDES = frozenset(list(Autonomy)[: may_group.TEAM_UNTIL["decisions"] + 1])
"""The steps at which the team writes down what a group decides; its minutes and tasks too."""


def get(me: Account | None, code: str) -> Decision:
    """The decision that I may see: of my group, public, or one that I opened myself; else 404."""
    rows = select(Decision).where(Decision.code == code).join(Decision.group)
    found = rows.options(contains_eager(Decision.group), joinedload(Decision.meeting))
    decision = db.session.scalars(found).one_or_none()
    if decision is None or not (is_open_to_all(decision) or _is_mine(me, decision)):
        abort(404)
    return decision


def is_open_to_all(decision: Decision) -> bool:
    return decision.is_public and decision.is_closed and decision.group.is_public


def _is_mine(me: Account | None, decision: Decision) -> bool:
    wrote = me is not None and me.is_active and decision.opened_by_id == me.id
    return wrote or may_group.see_private(me, decision.group)


def is_told(me: Account | None, decision: Decision) -> bool:
    """What came out of it; somebody who asked and has left since reads their question alone."""
    return is_open_to_all(decision) or may_group.see_private(me, decision.group)


def of_group(me: Account | None, group: Group, page: int = 1) -> Sequence[Decision]:
    """What I may see of it, open ones first, then the newest; one more when there is another page."""
    rows = _seen(me, group).order_by(Decision.closed_at.is_not(None), Decision.opened_at.desc())
    return db.session.scalars(rows.offset((page - 1) * A_PAGE).limit(A_PAGE + 1)).all()


def _seen(me: Account | None, group: Group) -> Select[Decision]:
    rows = select(Decision).where(Decision.group_id == group.id)
    if may_group.see_private(me, group):
        return rows
    told = and_(Decision.is_public, Decision.closed_at.is_not(None))
    return rows.where(or_(told, Decision.opened_by_id == me.id) if me else told)


def of_meeting(meeting: Meeting) -> Sequence[Decision]:
    """In the order in which they were asked."""
    rows = select(Decision).where(Decision.meeting_id == meeting.id)
    return db.session.scalars(rows.order_by(Decision.opened_at, Decision.id)).all()


def to_look_at() -> ColumnElement[bool]:
    """Its day of review has come, and nobody has looked yet."""
    return and_(Decision.review_on <= centre_today(), Decision.reviewed_at.is_(None))


def first_to_review(group: Group | None = None) -> tuple[Decision, int] | None:
    """The decision whose review waits longest, and how many wait.

    In this group, or in all those that go on and whose decisions the team still writes down.
    """
    rows = select(Decision, func.count().over()).join(Decision.group).options(contains_eager(Decision.group))
    here = Group.id == group.id if group else by_the_team()
    ordered = rows.where(to_look_at(), here).order_by(Decision.review_on, Decision.id)
    row = db.session.execute(ordered.limit(1)).first()
    return (row[0], row[1]) if row else None


def by_the_team() -> ColumnElement[bool]:
    """A group that goes on, and whose decisions, minutes and tasks the team still writes down."""
    return and_(Group.closed_at.is_(None), Group.autonomy.in_(TEAM_DECIDES))


def box(decision: Decision) -> list[dict[str, int]]:
    """The scores of each ballot, read by random ids: no row says when it came."""
    rows = select(Ballot.scores).where(Ballot.decision_id == decision.id).order_by(Ballot.id)
    return [dict(scores) for scores in db.session.scalars(rows)]


def voted(decision: Decision) -> Sequence[int]:
    """The memberships that gave a ballot."""
    rows = select(BallotTicket.membership_id).where(BallotTicket.decision_id == decision.id)
    return db.session.scalars(rows).all()


def how_many_voted(decision: Decision) -> int:
    found = select(func.count()).select_from(BallotTicket).where(BallotTicket.decision_id == decision.id)
    return db.session.scalar(found) or 0


def is_heard(place: type[Membership], decision_id: Any) -> ColumnElement[bool]:
    """A ballot was given for the people of this place: its holder and who stands in have one voice.

    People are told by their accounts: a new duty, a renewal or coming back brings no second ballot.
    """
    holder, voter, instead = (aliased(Membership) for _name in range(3))
    us = (place.account_id, holder.account_id)
    rows = select(BallotTicket.decision_id).join(voter, voter.id == BallotTicket.membership_id)
    rows = rows.outerjoin(instead, instead.id == voter.substitute_for_id)
    rows = rows.outerjoin(holder, holder.id == place.substitute_for_id)
    gave = or_(voter.account_id.in_(us), instead.account_id.in_(us))
    return rows.where(BallotTicket.decision_id == decision_id, gave).correlate(place, Decision).exists()


def has_voted(membership: Membership, decision: Decision) -> bool:
    """A ballot was given for this place, by its holder or by who stands in for them."""
    place = aliased(Membership)
    mine = select(place.id).where(place.id == membership.id, is_heard(place, decision.id))
    return db.session.scalar(mine) is not None


def waits_for(me: Account) -> ColumnElement[bool]:
    """An open ballot of a group that I belong to, and none was given for my place."""
    place = aliased(Membership)
    mine = select(place.id).where(place.group_id == Decision.group_id, place.account_id == me.id)
    asked = mine.where(place.ended_at.is_(None), ~is_heard(place, Decision.id)).correlate(Decision).exists()
    return and_(Decision.closed_at.is_(None), Decision.way == Way.SCORES, asked)


def unheard(decision: Decision) -> int:
    """How many places of the group may still bring a ballot."""
    place, holder = aliased(Membership), aliased(Membership)
    people = func.count(func.coalesce(holder.account_id, place.account_id).distinct())
    rows = select(people).select_from(place).outerjoin(holder, holder.id == place.substitute_for_id)
    here = rows.where(place.group_id == decision.group_id, place.ended_at.is_(None))
    return db.session.scalar(here.where(~is_heard(place, decision.id))) or 0


def can_vote(me: Account | None, decision: Decision) -> Membership | None:
    """My membership, while my ballot is asked for and not given."""
    if decision.is_closed or decision.way is not Way.SCORES or not may_group.take_part(me, decision.group):
        return None
    membership = groups.membership(me, decision.group)
    return membership if membership and not has_voted(membership, decision) else None


def voices(decision: Decision) -> int:
    """How many places there were since the question was asked, or since its meeting began."""
    meeting = decision.meeting
    since = min(decision.opened_at, meeting.starts_at) if meeting else decision.opened_at
    place, holder = aliased(Membership), aliased(Membership)
    people = func.count(func.coalesce(holder.account_id, place.account_id, -place.id).distinct())
    rows = select(people).select_from(place).outerjoin(holder, holder.id == place.substitute_for_id)
    there = or_(place.ended_at.is_(None), place.ended_at >= since)
    return db.session.scalar(rows.where(place.group_id == decision.group_id, there)) or 0


def was_met(decision: Decision) -> bool:
    """It belongs to a meeting of this group, and it is noted who was there."""
    rows = select(Attendance.meeting_id).join(Meeting, Meeting.id == Attendance.meeting_id)
    here = and_(Meeting.id == decision.meeting_id, Meeting.group_id == decision.group_id)
    came = rows.where(here, Attendance.coming == Coming.CAME).limit(1)
    return db.session.scalar(came) is not None


def near_meetings(group: Group) -> Sequence[Meeting]:
    """The meetings that a question may belong to: the newest ones, those to come too."""
    rows = select(Meeting).where(Meeting.group_id == group.id, Meeting.cancelled_at.is_(None))
    return db.session.scalars(rows.order_by(Meeting.starts_at.desc()).limit(12)).all()
