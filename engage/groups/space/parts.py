"""What other rooms bring to the pages of a group, each under the name its part of the page uses."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.cache import remember
from engage.groups import registry
from engage.groups.meeting import permissions as may_meet
from engage.groups.meeting import queries as meetings
from engage.groups.meeting import words as meeting_words
from engage.groups.meeting.papers import queries as papers
from engage.groups.minutes import queries as minutes
from engage.groups.models import Group
from engage.groups.space.waiting import waiting

SHOWN = 5
MEETINGS = 3


def public(me: Account | None, group: Group) -> dict[str, Any]:
    """For everybody. What is the same for all readers is looked for again after some seconds."""
    return {
        "subjects": registry.subjects_now(group),
        "published": remember(("group published", group.id), lambda: minutes.published(group)),
        **_meetings(me, group),
    }


def private(me: Account, group: Group) -> dict[str, Any]:
    """For members and who goes with the group."""
    here = waiting(me, group)
    return {
        "charter_to_read": here.charter,
        "subjects": registry.subjects_now(group),
        **_meetings(me, group),
        "open_decisions": here.decisions,
        "open_tasks": here.tasks,
        "today": centre_today(),
    }


def _meetings(me: Account | None, group: Group) -> dict[str, Any]:
    """The next meetings, and the papers that this person may have."""
    return {
        "upcoming": meetings.upcoming(group, MEETINGS),
        "meeting_words": meeting_words,
        "may_plan": may_meet.plan(me, group),
        "documents": papers.of_group(me, group, SHOWN),
    }
