"""What a call says about itself: its parts, where it stands, for whom it is."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.groups.calling import queries
from engage.groups.calling.models import Call, CallState
from engage.groups.words import SIDES

__all__ = ["SHEET", "SIDES", "sheet", "state"]
SHEET = {
    "what": _l("What you do"),
    "time": _l("When, and how much time"),
    "duration": _l("For how long"),
    "training": _l("What you learn"),
    "costs": _l("What we pay back"),
    "companion": _l("Who may come with you"),
    "who_decides": _l("Who decides"),
}


def sheet(call: Call) -> list[tuple[str, str]]:
    """The parts of the role sheet that are written, each under its title."""
    return [(str(title), text) for name, title in SHEET.items() if (text := getattr(call, name))]


def state(call: Call) -> tuple[str, str]:
    """Its tag: the kind and the word."""
    if call.state is CallState.DRAFT:
        return "wait", _("Draft")
    return ("way", _("Call open")) if queries.is_open(call) else ("done", _("Call over"))
