"""Meetings as calendars read them (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engage.core.heavy import load
from engage.core.i18n import gettext as _
from engage.core.render import link
from engage.groups.meeting.models import Meeting
from engage.groups.meeting.words import title

if TYPE_CHECKING:
    import icalendar

MIMETYPE = "text/calendar"
MAKER = "-//engage//groups//FR"


def written(meetings: Iterable[Meeting], *, name: str) -> bytes:
    """A calendar of these meetings. Times are in UTC; a cancelled one stays, and says so.

    The link for those who are far stands on the page alone, which asks who reads.
    """
    whole = load("icalendar").Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", MAKER)
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", name)
    for meeting in meetings:
        whole.add_component(_entry(meeting))
    content: bytes = whole.to_ical()
    return content


def _entry(meeting: Meeting) -> icalendar.Event:
    """One UID for one meeting, in every feed and mail, however often it changes (RFC 5545, 3.8.4.7)."""
    entry: icalendar.Event = load("icalendar").Event()
    address = link("meetings.show", code=meeting.code)
    entry.add("uid", f"meeting-{meeting.code}@{urlsplit(address).hostname}")
    entry.add("sequence", meeting.sequence)
    entry.add("dtstamp", meeting.changed_at)
    entry.add("last-modified", meeting.changed_at)
    entry.add("dtstart", meeting.starts_at)
    entry.add("dtend", meeting.ends_at)
    named = title(meeting)
    entry.add("summary", _("CANCELLED – %(title)s", title=named) if meeting.is_cancelled else named)
    entry.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    if meeting.place:
        entry.add("location", " ".join(meeting.place.split()))
    entry.add("url", address)
    entry.add("description", address)
    return entry
