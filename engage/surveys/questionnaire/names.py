"""What the team calls the kinds of things in a questionnaire."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.surveys.questionnaire.comparing import Sort
from engage.surveys.questionnaire.kinds import Change, ChoiceKind, State, Type

STATES = {
    State.DRAFT: _l("Draft"),
    State.FROZEN: _l("Frozen"),
    State.RETIRED: _l("Retired"),
}
MARKS = {State.DRAFT: "way", State.FROZEN: "done", State.RETIRED: "no"}
TYPES = {
    Type.ONE: _l("One choice"),
    Type.SEVERAL: _l("Several choices"),
    Type.FACES: _l("Faces, with words"),
    Type.AGREEMENT: _l("Agree or not"),
    Type.FREQUENCY: _l("How often"),
    Type.YES_NO: _l("Yes, no, I do not know"),
    Type.NUMBER: _l("A number"),
    Type.MONTH: _l("A month"),
    Type.RANKING: _l("Put in order"),
    Type.SHORT_TEXT: _l("A few words"),
    Type.LONG_TEXT: _l("Free text"),
    Type.INFORMATION: _l("Information, without question"),
}
KINDS = {
    ChoiceKind.NORMAL: _l("Ordinary"),
    ChoiceKind.NOT_APPLICABLE: _l("Not concerned"),
    ChoiceKind.DONT_KNOW: _l("Does not know"),
    ChoiceKind.OTHER: _l("Other, to be said"),
    ChoiceKind.NONE_OF_THESE: _l("None of these"),
}
CHANGES = {
    Change.COSMETIC: _l("Form only: the figures go on as before"),
    Change.COMPARABLE: _l("Still comparable: the figures go on, with a note"),
    Change.BREAKING: _l("No longer comparable: the line of figures is cut"),
}
SORTS = {
    Sort.ADDED: _l("added"),
    Sort.REMOVED: _l("removed"),
    Sort.MOVED: _l("moved"),
    Sort.WORDS: _l("words changed"),
    Sort.CONCEPT: _l("measures something else"),
    Sort.TYPE: _l("answered in another way"),
    Sort.CHOICES: _l("choices changed"),
    Sort.SCORES: _l("scores changed"),
    Sort.CONDITION: _l("condition changed"),
    Sort.SETTINGS: _l("settings changed"),
}
THEMES = {
    "reaching": _l("Reaching us"),
    "appointments": _l("Appointments"),
    "welcome": _l("Being welcomed"),
    "listening": _l("Listening and explaining"),
    "places": _l("Places and access"),
    "coordination": _l("Coordination and leaving hospital"),
    "participation": _l("Taking part"),
}
SUPPORTS = {"phone": _l("On a phone"), "paper": _l("On paper"), "kiosk": _l("On the kiosk")}
