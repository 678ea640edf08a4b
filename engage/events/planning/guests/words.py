"""How the desk says who comes along, what people need, and where a sign-up stands."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.events import words
from engage.events.kinds import Need, SignUpState
from engage.intake.models import Door, Reply
from engage.outbox.models import Channel

TO_DO = {
    Need.STEP_FREE: _l("Walk the way from the street to the seat: no step, a ramp where it takes one."),
    Need.HEARING: _l("Try the hearing loop, and keep seats near the front."),
    Need.SIGN_LANGUAGE: _l("Book an interpreter for sign language: often a month ahead."),
    Need.INTERPRETER: _l("Book an interpreter: ask the person which language."),
    Need.LARGE_PRINT: _l("Print the papers in large letters."),
    Need.TRANSPORT: _l("Call the person: who can bring them and take them home?"),
    Need.QUIET: _l("Keep a quiet room open, and say where it is at the beginning."),
    Need.WORDS: _l("Read it, and prepare what it asks for."),
}
NEEDS = words.NEEDS | {Need.WORDS: _l("In their own words")}
LOOKS = {
    SignUpState.CONFIRMED: "done",
    SignUpState.OFFERED: "late",
    SignUpState.WAITING: "wait",
    SignUpState.CANCELLED: "no",
    SignUpState.ATTENDED: "done",
    SignUpState.EXCUSED: "no",
    SignUpState.ABSENT: "no",
    SignUpState.WALK_IN: "done",
}
STATES = {state: (look, words.STATES[state]) for state, look in LOOKS.items()}
DOORS = {
    Door.RECEPTION: _l("At the reception desk"),
    Door.PHONE: _l("By phone"),
    Door.PAPER: _l("On paper"),
}
CAME_BY = {
    **DOORS,
    Door.WEB: _l("On the site"),
    Door.KIOSK: _l("On the tablet of the waiting room"),
    Door.RELAY: _l("By a relay"),
}
REPLIES = {
    Reply.MAIL: _l("By e-mail"),
    Reply.PHONE: _l("By phone"),
    Reply.RECEPTION: _l("Neither: at the reception desk, with a code"),
}
CHANNELS = {
    Channel.MAIL: _l("By e-mail"),
    Channel.SMS: _l("By SMS"),
    Channel.PHONE: _l("By phone"),
    Channel.LETTER: _l("By letter"),
    Channel.RECEPTION: _l("At the reception desk"),
}
