"""What other rooms bring to the pages of a group, each under the name its part of the page uses."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.groups import registry
from engage.groups.deciding import queries as deciding
from engage.groups.minutes import queries as minutes
from engage.groups.models import Group


def public(me: Account | None, group: Group) -> dict[str, Any]:
    """For everybody."""
    return {"subjects": registry.subjects(group), "published": minutes.published(group)}


def private(me: Account, group: Group) -> dict[str, Any]:
    """For members and the team."""
    return {
        "subjects": registry.subjects(group),
        "open_decisions": deciding.pending(group),
        "open_tasks": minutes.tasks(group),
        "today": centre_today(),
    }
