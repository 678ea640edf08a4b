"""A group that is over does not meet any more: what was planned is cancelled with it."""

from __future__ import annotations

from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.groups.meeting.models import Meeting
from engage.groups.models import Group


def stop(group: Group, by: Account) -> None:
    """Its meetings to come stay in sight, and say why; the letter of thanks tells the members, once."""
    rows = select(Meeting).where(Meeting.group_id == group.id, Meeting.starts_at > now())
    for meeting in db.session.scalars(rows.where(Meeting.cancelled_at.is_(None)).with_for_update()):
        meeting.cancelled_at = meeting.changed_at = now()
        meeting.cancelled_why = _("The group has come to its end.")
        meeting.sequence += 1
