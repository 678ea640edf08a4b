"""The date itself, in the mail that tells of it: calendars know it again by its UID (RFC 5545, 3.8.4.7)."""

from __future__ import annotations

from engage.core.i18n import speaking
from engage.events.agenda import ical, queries
from engage.events.kinds import SignUpState
from engage.outbox.attached import Attachment
from engage.outbox.models import Kind, Message

TELLING = {Kind.CONFIRMATION, Kind.ALERT}


def calendar(message: Message) -> Attachment | None:
    """For who has a place, or loses it with the date; who waits has nothing to note yet."""
    found = queries.mailed(message.about_ref) if message.kind in TELLING else None
    if found is None:
        return None
    sign_up, line = found
    has_place = sign_up.state is SignUpState.CONFIRMED
    if not (has_place or line.is_cancelled):
        return None
    online = (sign_up.occurrence.event.online_link or "") if has_place else ""
    with speaking(sign_up.language):
        content = ical.written([line], name=line.discreet_title, online_link=online)
    return Attachment(f"{line.code}.ics", ical.MIMETYPE, content)
