"""Whether what somebody had on the screen still stands."""

from __future__ import annotations

from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.involvement.models import Person


def still(person: Person, seen: int | None) -> None:
    """Raises Refused when this is not the version that was on the screen."""
    if seen is not None and seen != person.version:
        raise Refused(_("Somebody else has just changed this page. Please look again before you send."))
