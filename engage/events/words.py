"""What kinds of events, companions and needs are called, and to the team where a sign-up stands."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.events.kinds import CompanionRole, EventKind, Need, SignUpState

KINDS = {
    EventKind.WORKSHOP: _l("Workshop"),
    EventKind.THERAPEUTIC: _l("Workshop on health"),
    EventKind.WALK: _l("Walking group"),
    EventKind.FILM: _l("Film and debate"),
    EventKind.OPEN_DAY: _l("Open day"),
    EventKind.STAND: _l("Stand"),
    EventKind.EVENING: _l("Information evening"),
    EventKind.MEETING_DAY: _l("Day of meetings"),
}
ROLES = {
    CompanionRole.CARER: _l("Carer"),
    CompanionRole.CHILD: _l("Child"),
    CompanionRole.INTERPRETER: _l("Interpreter"),
    CompanionRole.OTHER: _l("Somebody else"),
}
NEEDS = {
    Need.STEP_FREE: _l("Come in without steps"),
    Need.HEARING: _l("Hear better: hearing loop, a seat near the front"),
    Need.SIGN_LANGUAGE: _l("French sign language"),
    Need.INTERPRETER: _l("An interpreter for another language"),
    Need.LARGE_PRINT: _l("Papers in large print"),
    Need.TRANSPORT: _l("Help to come"),
    Need.QUIET: _l("A quiet place to take a break"),
}
STATES = {
    SignUpState.CONFIRMED: _l("Comes"),
    SignUpState.OFFERED: _l("A place is offered"),
    SignUpState.WAITING: _l("On the waiting list"),
    SignUpState.CANCELLED: _l("Cancelled"),
    SignUpState.ATTENDED: _l("Came"),
    SignUpState.EXCUSED: _l("Excused"),
    SignUpState.ABSENT: _l("Did not come"),
    SignUpState.WALK_IN: _l("Came without sign-up"),
}
