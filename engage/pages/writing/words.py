"""What findings, texts and pictograms are called."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.pages.models import Body
from engage.reading import Mode, Severity

BODIES = {Body.SIMPLE: _l("Text for everyone"), Body.SHORT: _l("Short text")}
# Colour, pictogram and words: none of them says it alone.
SEVERITIES = {
    Severity.AMBER: ("wait", "info", _l("Could be simpler")),
    Severity.RED: ("late", "alert", _l("Too hard")),
    Severity.BLOCKING: ("late", "stop", _l("Stops publication")),
}
MODES = {
    Mode.RULES: _l("Read by our rules, on this machine."),
    Mode.NLP: _l("Read by our rules and a language model, on this machine."),
}
ICONS = {
    "home": _l("House"),
    "building": _l("Building"),
    "welcome": _l("Open door"),
    "phone": _l("Telephone"),
    "appointment": _l("Appointment"),
    "hospital": _l("Hospital"),
    "stethoscope": _l("Stethoscope"),
    "pill": _l("Medicine"),
    "alert": _l("Warning"),
    "lifebuoy": _l("Lifebuoy"),
    "people": _l("People"),
    "users": _l("Two people"),
    "team": _l("Team"),
    "helper": _l("Somebody who helps"),
    "support": _l("Support"),
    "directory": _l("Directory"),
    "idea": _l("Idea"),
    "speech": _l("Voice"),
    "language": _l("Languages"),
    "event": _l("Calendar"),
    "way": _l("Way"),
    "place": _l("Place"),
    "access": _l("Access for everyone"),
    "shield": _l("Protection"),
    "lock": _l("Secret"),
    "mail": _l("Letter"),
    "computer": _l("Computer"),
    "mobile": _l("Mobile phone"),
    "book": _l("Book"),
    "info": _l("Information"),
}
