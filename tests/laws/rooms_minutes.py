"""What a group decided, wrote down and has to do, for each address that shows or changes it."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.groups.minutes.models import MinutesState
from engage.groups.models import Group
from engage.ideas.models import Publication
from engage.ideas.timeline.models import IdeaGroup
from tests import make
from tests.groups.deciding import voting
from tests.groups.minutes import meeting as meetings


def held(group: Group, owner: Account) -> dict[tuple[str, str], Any]:
    """A public decision, minutes that are corrected, a task; needs an application context."""
    meeting = meetings.meeting(group)
    minutes = meetings.minutes(meeting, MinutesState.SHARED, written_by_id=owner.id)
    decision = voting.closed(group, owner, meeting_id=meeting.id, is_public=True)
    idea = make.idea("Une horloge dans la salle.", publication=Publication.PUBLIC)
    db.session.add(IdeaGroup(idea_id=idea.id, group_id=group.id, taken_up_at=now(), by_id=owner.id))
    return {
        ("idea_groups", "code"): idea.code,
        ("idea_groups", "group"): group.code,
        ("group_decisions", "code"): decision.code,
        ("group_decisions.blank", "code"): voting.ask(group, owner).code,
        ("group_decisions.index", "code"): group.code,
        ("group_decisions.ask", "code"): group.code,
        ("group_minutes", "code"): meeting.code,
        ("group_minutes", "correction"): meetings.correction(minutes, owner).code,
        ("group_minutes.index", "code"): group.code,
        ("group_tasks", "code"): meetings.task(group, owner, meeting_id=meeting.id).code,
        ("group_tasks.index", "code"): group.code,
        ("group_tasks.add", "code"): group.code,
    }
