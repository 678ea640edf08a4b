"""What the verbs of the journal about groups and their members say in the language of the page."""

from __future__ import annotations

from engage.core.i18n import gettext as _


def verbs() -> dict[str, str]:
    return {
        "group created": _("Group created"),
        "group changed": _("Group changed"),
        "group places changed": _("Places of a group changed"),
        "group closed": _("Group closed"),
        "invited to a group": _("Person invited to a group"),
        "group invitation withdrawn": _("Invitation to a group withdrawn"),
        "membership begun": _("Member of a group begun"),
        "membership ended": _("Member of a group ended"),
        "membership paused": _("Break of a member noted"),
        "membership resumed": _("Return of a member noted"),
        "duty changed": _("Duty in a group changed"),
        "wishes noted": _("Wishes of a member noted"),
        "renewal answered": _("Answer to a renewal noted"),
    }
