"""What the verbs of the journal say about meetings of groups and their papers."""

from __future__ import annotations

from engage.core.i18n import gettext as _


def verbs() -> dict[str, str]:
    return {
        "meeting planned": _("Meeting planned"),
        "meeting changed": _("Meeting changed"),
        "meeting cancelled": _("Meeting cancelled"),
        "agenda changed": _("Agenda changed"),
        "agenda closed": _("Agenda closed"),
        "agenda opened again": _("Agenda opened again"),
        "coming noted": _("Answer about coming noted for somebody"),
        "needs noted": _("Needs noted for somebody"),
        "presence noted": _("Presence at a meeting noted"),
        "paper published": _("Paper of a group published"),
        "paper kept to the group": _("Paper of a group kept to it"),
        "paper taken away": _("Paper of a group taken away"),
        "papers printed": _("Papers printed for somebody, with the address"),
        "papers posted": _("Paper posted"),
    }


def kinds() -> dict[str, str]:
    return {"meeting": _("Meeting of a group"), "paper": _("Paper of a group")}
