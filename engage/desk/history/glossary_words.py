"""What the verbs of the journal say about words and places that are explained to everyone."""

from __future__ import annotations

from engage.core.i18n import gettext as _


def verbs() -> dict[str, str]:
    return {
        "word defined": _("Word explained"),
        "word edited": _("Explanation of a word changed"),
        "word removed": _("Word no longer explained"),
        "words brought in": _("Words brought in from a file"),
        "entry added": _("Address added to the directory"),
        "entry edited": _("Address of the directory changed"),
        "entry checked": _("Address of the directory checked"),
        "entry withdrawn": _("Address taken out of the directory"),
        "entry put back": _("Address put back into the directory"),
        "entries brought in": _("Addresses brought in from a file"),
        "entries taken out": _("Directory taken out as a file"),
    }


def kinds() -> dict[str, str]:
    return {"term": _("Explained word"), "entry": _("Directory")}
