"""The agenda on paper, in large print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engage.centre import queries as centre
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import day, hour
from engage.groups.meeting.models import AgendaItem, Meeting
from engage.groups.meeting.words import title


def data(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[str, object]:
    """For the template `group_papers`: one letter, to nobody."""
    held = sheet(meeting, items)
    return {
        "paper": "a4",
        "centre": centre.centre().name,
        "title": held["title"],
        "letters": [{"name": "", "address": [], "words": "", "papers": [held]}],
    }


def sheet(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[str, object]:
    """One paper of a letter: the facts, then the points that are on."""
    kept = [item for item in items if item.is_kept]
    facts = _facts(meeting) if kept else ((_("What we speak of"), _("Not decided yet.")), *_facts(meeting))
    return {
        "group": meeting.group.name,
        "title": _("Agenda: %(title)s", title=title(meeting)),
        "lead": _lead(meeting),
        "points_title": _("What we speak of") if kept else "",
        "points": [_point(item) for item in kept],
        "parts": [{"heading": heading, "text": text} for heading, text in facts if text],
    }


def _lead(meeting: Meeting) -> str:
    if meeting.is_cancelled:
        return _("This meeting is cancelled.") + " " + meeting.cancelled_why
    hours = _("from %(start)s to %(end)s", start=hour(meeting.starts_at), end=hour(meeting.ends_at))
    return f"{day(meeting.day)}, {hours}".capitalize()


def _facts(meeting: Meeting) -> Sequence[tuple[str, str]]:
    return (
        (_("Where"), meeting.place),
        (_("How to get there"), meeting.transport),
        (_("Access"), meeting.access),
        (_("You cannot come?"), _call()),
    )


def _call() -> str:
    phone = centre.centre().phone
    return _("Call us: %(phone)s.", phone=phone) if phone else _("Tell us at reception.")


def _point(item: AgendaItem) -> str:
    if not item.minutes:
        return item.text
    length = ngettext("%(num)s minute", "%(num)s minutes", item.minutes)
    return f"{item.text} ({length})"
