"""What members are told about minutes."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.groups.deciding.telling import tell
from engage.groups.meeting.words import title
from engage.groups.minutes.models import Minutes


def shared(minutes: Minutes) -> None:
    """Members may read them, and correct them for seven days."""
    meeting = minutes.meeting
    subject, key = _l("The minutes of your group are here"), f"minutes {meeting.code}"
    facts = {"minutes": minutes, "meeting": meeting, "title": title(meeting)}
    tell(meeting.group, subject, "minutes/mail/shared.txt", key=key, **facts)
