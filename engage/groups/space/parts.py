"""What other rooms bring to the pages of a group, each under the name its part of the page uses."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.cache import remember
from engage.core.i18n import language
from engage.groups import queries as groups
from engage.groups import registry
from engage.groups.charter import queries as charters
from engage.groups.deciding import queries as deciding
from engage.groups.meeting import permissions as may_meet
from engage.groups.meeting import queries as meetings
from engage.groups.meeting import words as meeting_words
from engage.groups.meeting.papers import queries as papers
from engage.groups.minutes import queries as minutes
from engage.groups.models import Group

SHOWN = 5
MEETINGS = 3


def public(me: Account | None, group: Group) -> dict[str, Any]:
    """For everybody. What is the same for all readers is looked for again after some seconds."""
    return {
        "subjects": _subjects(group),
        "published": remember(("group published", group.id), lambda: minutes.published(group)),
        **_meetings(me, group),
    }


def private(me: Account, group: Group) -> dict[str, Any]:
    """For members and who goes with the group."""
    member = groups.membership(me, group)
    return {
        "charter_to_read": charters.to_agree(member) if member and _has_charter(group) else None,
        "subjects": _subjects(group),
        **_meetings(me, group),
        "open_decisions": deciding.pending(group),
        "open_tasks": minutes.urgent(group, SHOWN),
        "today": centre_today(),
    }


def _subjects(group: Group) -> list[registry.Subject]:
    """The same for all who may open a page of the group, so it is looked for again after some seconds."""
    return remember(("group subjects", group.id, language()), lambda: registry.subjects(group))


def _has_charter(group: Group) -> bool:
    """Nobody waits for a new charter by the second; groups without one are asked for no agreement."""
    return remember(("group charter", group.id), lambda: charters.has_one(group))


def _meetings(me: Account | None, group: Group) -> dict[str, Any]:
    """The next meetings, and the papers that this person may have."""
    return {
        "upcoming": meetings.upcoming(group, MEETINGS),
        "meeting_words": meeting_words,
        "may_plan": may_meet.plan(me, group),
        "documents": papers.of_group(me, group, SHOWN),
    }
