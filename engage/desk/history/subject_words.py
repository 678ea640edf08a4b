"""What the verbs of the journal say about what groups take up, decide and write down."""

from __future__ import annotations

from engage.core.i18n import gettext as _


def verbs() -> dict[str, str]:
    return {
        "taken up by a group": _("Taken up by a group"),
        "let go by a group": _("Let go by a group"),
        "finding taken up": _("Finding of a survey taken up by a group"),
        "finding let go": _("Finding of a survey let go by a group"),
        "answered for a group": _("Answer of a group published"),
        "decision closed": _("Result of a decision written down"),
        "question taken back": _("Question to a group erased"),
        "decision published": _("Decision of a group published"),
        "decision kept to the group": _("Decision of a group kept to it"),
        "decision reviewed": _("Decision of a group looked at again"),
        "minutes shared": _("Minutes of a group shared"),
        "minutes approved": _("Minutes of a group approved"),
        "minutes published": _("Words of a group for everyone published"),
        "minutes taken back": _("Words of a group for everyone taken back"),
    }


def kinds() -> dict[str, str]:
    return {"decision": _("Decision of a group")}
