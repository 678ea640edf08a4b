"""Dates as calendars read them (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engage.core.heavy import load
from engage.core.i18n import gettext as _
from engage.core.render import link
from engage.events.agenda.lines import Line

if TYPE_CHECKING:
    import icalendar

MIMETYPE = "text/calendar"
MAKER = "-//engage//agenda//FR"


def uid(code: str) -> str:
    """The same for one date in every file, feed and mail, however often it changes (RFC 5545, 3.8.4.7)."""
    return f"{code}@{urlsplit(link('events.index')).hostname}"


def written(lines: Iterable[Line], *, name: str, online_link: str = "") -> bytes:
    """A calendar of these dates. Times are in UTC; a cancelled date stays, and says so.

    `online_link` is for those who are signed up.
    """
    whole = load("icalendar").Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", MAKER)
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", name)
    for line in lines:
        whole.add_component(_entry(line, online_link))
    content: bytes = whole.to_ical()
    return content


def _entry(line: Line, online_link: str) -> icalendar.Event:
    entry: icalendar.Event = load("icalendar").Event()
    address = link("events.show", code=line.code)
    entry.add("uid", uid(line.code))
    entry.add("sequence", line.sequence)
    entry.add("dtstamp", line.changed_at)
    entry.add("last-modified", line.changed_at)
    entry.add("dtstart", line.starts_at)
    entry.add("dtend", line.ends_at)
    title = line.discreet_title
    entry.add("summary", _("CANCELLED – %(title)s", title=title) if line.is_cancelled else title)
    entry.add("status", "CANCELLED" if line.is_cancelled else "CONFIRMED")
    if where := ", ".join(part for part in (line.place, line.address) if part):
        entry.add("location", " ".join(where.split()))
    entry.add("url", address)
    entry.add("description", "\n".join(part for part in (address, online_link) if part))
    return entry
