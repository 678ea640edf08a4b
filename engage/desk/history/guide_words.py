"""What the verbs of the journal say about the guide of whom to call."""

from __future__ import annotations

from engage.core.i18n import gettext as _


def verbs() -> dict[str, str]:
    return {
        "guide begun": _("“Whom to call?” begun"),
        "guide edited": _("“Whom to call?” changed"),
        "guide published": _("“Whom to call?” published"),
        "guide restored": _("Old version of “Whom to call?” taken up"),
    }


def kinds() -> dict[str, str]:
    return {"guide": _("“Whom to call?”")}
