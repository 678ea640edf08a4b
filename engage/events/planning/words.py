"""What the kinds and settings of an event are called at the desk."""

from __future__ import annotations

from engage.commitments.models import Rung
from engage.core.i18n import lazy_gettext as _l
from engage.events.kinds import EventState, LargeParty, LatePlace, SigningUp

STATES = {
    EventState.DRAFT: ("wait", _l("Draft: nobody sees it")),
    EventState.PUBLISHED: ("done", _l("Published")),
    EventState.CANCELLED: ("no", _l("Cancelled")),
}
SIGNING_UP = {
    SigningUp.NONE: _l("No sign-up: people just come"),
    SigningUp.OPTIONAL: _l("Useful: people can also just come"),
    SigningUp.REQUIRED: _l("Needed: places are counted"),
}
LARGE_PARTIES = {
    LargeParty.WAITS: _l("Nobody passes them: the team is told and calls"),
    LargeParty.IS_PASSED: _l("The first party that fits gets the places"),
}
LATE_PLACES = {
    LatePlace.CONFIRMED: _l("The next person has it at once, and is told"),
    LatePlace.CALLED: _l("The team calls the next person"),
}
RUNGS = {
    Rung.INFORMATION: _l("Information: we tell people"),
    Rung.CONSULTATION: _l("Consultation: we ask people first"),
    Rung.COLLABORATION: _l("Co-construction: we do it with people"),
    Rung.PARTNERSHIP: _l("Co-decision: we decide with people"),
}
