"""The sheet that people sign as they come in."""

from __future__ import annotations

from collections.abc import Sequence

from engage.centre import queries as centre_queries
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import moment
from engage.events.arriving.queries import Guest
from engage.events.kinds import SignUpState
from engage.events.models import Occurrence

BLANK = 8


def sheet(occurrence: Occurrence, guests: Sequence[Guest]) -> dict[str, object]:
    """Who is expected, in large letters, with room for those who just come."""
    place = occurrence.place or occurrence.event.place
    return {
        "paper": "a4",
        "centre": centre_queries.centre().name,
        "title": occurrence.event.title,
        "when": moment(occurrence.starts_at) + (f"\n{place}" if place else ""),
        "lead": _("Please tick the box in front of your name, then sign."),
        "columns": {"here": _("Here"), "who": _("Name"), "sign": _("Signature")},
        "rows": [{"who": guest.name or _("Without a name"), "note": _note(guest)} for guest in guests],
        "others": _("You are not on the list? Welcome: write your name here."),
        "blank": BLANK,
    }


def _note(guest: Guest) -> str:
    """How many are expected with this name, and where there is something to say."""
    people = ngettext("%(num)s person", "%(num)s people", guest.whole) if guest.whole > 1 else ""
    said = {SignUpState.WAITING: _("On the waiting list"), SignUpState.EXCUSED: _("Excused")}
    return " · ".join(part for part in (people, str(said.get(guest.state, ""))) if part)
