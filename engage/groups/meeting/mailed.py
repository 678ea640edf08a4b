"""The meeting itself, in the mail that tells of it: calendars know it again by its UID."""

from __future__ import annotations

from engage.groups.meeting import ical, queries
from engage.groups.meeting.words import title
from engage.outbox.attached import Attachment
from engage.outbox.models import Message


def calendar(message: Message) -> Attachment | None:
    meeting = queries.by_code(message.about_ref)
    if meeting is None:
        return None
    return Attachment(f"{meeting.code}.ics", ical.MIMETYPE, ical.written([meeting], name=title(meeting)))
