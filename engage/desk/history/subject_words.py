"""What the verbs of the journal say about subjects that groups take up."""

from __future__ import annotations

from engage.core.i18n import gettext as _


def verbs() -> dict[str, str]:
    return {
        "taken up by a group": _("Taken up by a group"),
        "let go by a group": _("Let go by a group"),
        "finding taken up": _("Finding of a survey taken up by a group"),
        "finding let go": _("Finding of a survey let go by a group"),
        "answered for a group": _("Answer of a group published"),
    }
