"""What stages, doors, moments and ways to be reached are called."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.intake.models import Door, Reply
from engage.involvement.models import Stage

STAGES = {
    Stage.CONTACT: _l("First contact"),
    Stage.INTEREST: _l("Interested"),
    Stage.FIRST_ACT: _l("First small act"),
    Stage.INVITED: _l("Invited"),
    Stage.ACCOMPANIED: _l("Accompanied"),
    Stage.MEMBER: _l("Member of a group"),
}
# The head of a narrow column.
BRIEF = {
    Stage.FIRST_ACT: _l("1st act"),
    Stage.INVITED: _l("Invitation"),
    Stage.ACCOMPANIED: _l("Company"),
    Stage.MEMBER: _l("Group"),
}
# The same ladder, as the person reads it.
RUNGS = {
    Stage.CONTACT: _l("We have met."),
    Stage.INTEREST: _l("You said what interests you."),
    Stage.FIRST_ACT: _l("You did a first thing with us."),
    Stage.INVITED: _l("We invited you to go further."),
    Stage.ACCOMPANIED: _l("Somebody goes with you."),
    Stage.MEMBER: _l("You belong to a group."),
}
DOORS = {
    Door.WEB: _l("This site"),
    Door.KIOSK: _l("Tablet of the waiting room"),
    Door.PAPER: _l("Paper"),
    Door.PHONE: _l("Phone"),
    Door.RECEPTION: _l("Reception"),
    Door.RELAY: _l("A relay"),
    Door.WORKSHOP: _l("A workshop"),
}
REPLIES = {
    Reply.MAIL: _l("By e-mail"),
    Reply.PHONE: _l("By phone"),
    Reply.LETTER: _l("By letter"),
    Reply.RECEPTION: _l("At reception, when I come"),
    Reply.NONE: _l("Do not write to me: I look at my page myself"),
}
REACHED = {
    Reply.MAIL: _l("By e-mail"),
    Reply.PHONE: _l("By phone"),
    Reply.LETTER: _l("By letter"),
    Reply.RECEPTION: _l("At reception"),
    Reply.NONE: _l("Not at all"),
}
WHENS = {
    "morning": _l("In the morning"),
    "afternoon": _l("In the afternoon"),
    "evening": _l("In the evening"),
    "saturday": _l("On Saturdays"),
    "home": _l("From my home"),
}
HOW_LONG = {
    "minutes": _l("A few minutes, now and then"),
    "hour": _l("An hour, once"),
    "monthly": _l("One or two hours a month"),
    "more": _l("More than that"),
}
