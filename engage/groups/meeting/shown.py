"""What the page of a meeting shows: to those inside, and to everybody else."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from engage.groups.meeting import queries
from engage.groups.meeting.agenda import permissions as may_agenda
from engage.groups.meeting.agenda import queries as agenda
from engage.groups.meeting.attending import permissions as may_attend
from engage.groups.meeting.attending import queries as attending
from engage.groups.meeting.attending.words import NEEDS
from engage.groups.meeting.models import Coming, Meeting
from engage.groups.meeting.papers import permissions as may_paper
from engage.groups.meeting.papers import queries as papers


def inside(me: Account | None, meeting: Meeting) -> dict[str, Any]:
    """Everything: the agenda, who comes, the papers."""
    seats = queries.roster(meeting)
    mine = attending.mine(seats, me)
    return {
        "items": agenda.items(meeting),
        "documents": papers.of_meeting(me, meeting),
        "seats": seats,
        "mine": mine if mine and may_attend.say(me, meeting, mine.membership) else None,
        "substitutes": attending.substitutes(seats, mine),
        "expected": attending.expected(seats),
        "present": attending.present(seats),
        "names": {seat.membership.id: seat.name for seat in seats},
        "instead": {seat.said.substitute_id: seat.name for seat in seats if seat.said},
        "is_open": queries.is_open(meeting),
        "may_note": may_attend.note_who_came(me, meeting),
        "may_say": may_attend.say,
        "may_add": may_paper.add(me, meeting.group),
        "may_feed": may_agenda.propose(me, meeting),
        "sees_needs": may_attend.see_needs(me),
        "needs": NEEDS,
        "Coming": Coming,
    }


def outside(me: Account | None, meeting: Meeting) -> dict[str, Any]:
    """What is public, and to somebody who has left what they wrote."""
    return {
        "documents": papers.of_meeting(me, meeting),
        "wishes": agenda.wished_by(me, meeting) if me else [],
    }
