"""What somebody said about meetings to come stays said when one membership follows another."""

from __future__ import annotations

from sqlalchemy import select, update

from engage.core.clock import now
from engage.core.db import db
from engage.groups.meeting.models import Attendance, Meeting
from engage.groups.models import Membership


def move(old: Membership, new: Membership) -> None:
    """Whether they come, what they need, and for whom they stand in; meetings that were stay as they were."""
    coming = select(Meeting.id).where(Meeting.group_id == old.group_id, Meeting.starts_at > now())
    for name in ("membership_id", "substitute_id"):
        said = update(Attendance).filter_by(**{name: old.id}).where(Attendance.meeting_id.in_(coming))
        db.session.execute(said.values({name: new.id}))
