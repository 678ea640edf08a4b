"""What the verbs of the journal say about people who take part, and what brought them."""

from __future__ import annotations

from engage.core.i18n import gettext as _


def verbs() -> dict[str, str]:
    return {
        "way in made": _("Way in made"),
        "way in closed": _("Way in closed"),
        "relay described": _("Relay: kind and house noted"),
        "agreement noted": _("Agreement with a partner patient noted"),
        "mission confirmed": _("Mission of a partner patient confirmed"),
        "expense accepted": _("Expense accepted"),
        "expense refused": _("Expense refused"),
        "expense paid": _("Expense paid back"),
        "partner viewed": _("File of a partner patient opened"),
    }


def kinds() -> dict[str, str]:
    """What each kind of thing is called."""
    return {
        "source": _("Way in"),
        "partner": _("Partner patient"),
        "expense": _("Expense"),
        "mission": _("Mission"),
    }
