"""A meeting and its minutes, as rows hold them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.clock import local, now
from engage.core.db import db
from engage.groups.meeting.models import Meeting
from engage.groups.minutes.models import Correction, Minutes, MinutesState, Task
from engage.groups.models import Group

Row = TypeVar("Row")


def meeting(group: Group, **values: Any) -> Meeting:
    """A meeting of this group, yesterday."""
    starts_at = now().replace(microsecond=0) - timedelta(days=1)
    wall = local(starts_at, "Europe/Paris")
    facts = {
        "group_id": group.id,
        "title": "Réunion de novembre",
        "day": wall.date(),
        "starts": wall.time(),
        "minutes": 90,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "changed_at": now(),
    }
    return _saved(Meeting(**facts | values))


def minutes(meeting: Meeting, state: MinutesState = MinutesState.DRAFT, **values: Any) -> Minutes:
    """The minutes of this meeting, as far as `state` says; shared ones may still be corrected."""
    facts: dict[str, Any] = {
        "heard": "La salle est froide.",
        "decided": "Se réunir le mardi.",
        "written_at": now(),
    }
    if state is not MinutesState.DRAFT:
        facts |= {"shared_at": now(), "correct_until": centre_today() + timedelta(days=7)}
    if state is MinutesState.APPROVED:
        facts |= {"approved_at": now(), "correct_until": centre_today() - timedelta(days=1)}
    made = Minutes(meeting_id=meeting.id, state=state, **facts | values)
    made.meeting = meeting
    return _saved(made)


def correction(minutes: Minutes, by: Account, **values: Any) -> Correction:
    facts = {"words": "C’était mercredi.", "account_id": by.id, "at": now()}
    return _saved(Correction(meeting_id=minutes.meeting_id, **facts | values))


def task(group: Group, owner: Account | None = None, **values: Any) -> Task:
    facts = {"text": "Demander trois devis", "owner_id": owner and owner.id, "made_at": now()}
    return _saved(Task(group_id=group.id, **facts | values))


def _saved(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
