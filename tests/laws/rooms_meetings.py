"""Meetings of a group, for each address that shows or changes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.groups.meeting.calendar import queries as calendars
from engage.groups.meeting.papers import actions as papers
from engage.groups.models import Group, Membership
from engage.uploads.documents import CheckedPdf
from tests.groups.meeting import sample
from tests.uploads.papers import paper


def held(group: Group, member: Membership, owner: Account) -> dict[tuple[str, str], Any]:
    """One to come with its agenda and a public paper, one that is over; needs an application context."""
    coming = sample.meeting(group, remote_link="https://visio.example.org/salle")
    closed = sample.meeting(group, agenda_closed_at=now())
    over = sample.meeting(group, starts_at=now() - timedelta(hours=3))
    wish = sample.point(coming, kept=False, proposed_by_id=owner.id).code
    shown = papers.add(group, file=CheckedPdf(paper()), title="Le plan", meeting=coming, by=owner)
    shown.is_public = True
    db.session.flush()
    deeds = ("keep", "set_aside", "move_up", "drop")
    return {
        ("meetings", "code"): coming.code,
        ("meetings.index", "code"): group.code,
        ("meetings.plan", "code"): group.code,
        ("attending", "code"): coming.code,
        ("attending", "member"): member.code,
        ("attending.note_who_came", "code"): over.code,
        ("agendas", "code"): coming.code,
        ("agendas.reopen", "code"): closed.code,
        **{(f"agendas.{deed}", "code"): wish for deed in deeds},
        ("group_papers", "code"): shown.code,
        ("group_papers.index", "code"): group.code,
        ("group_papers.add", "code"): group.code,
        ("group_calendar", "code"): group.code,
        ("group_calendar", "token"): calendars.token(member, 0),
    }
