"""What the faces and the state of somebody's words are called."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.events.after.models import Face, Shown

FACES = {
    Face.GOOD: _l("I liked it"),
    Face.FAIR: _l("So so"),
    Face.POOR: _l("I did not like it"),
}
MOODS = {Face.GOOD: "face-4", Face.FAIR: "face-3", Face.POOR: "face-2"}
STATES = {
    Shown.UNREAD: ("wait", _l("Not read yet")),
    Shown.SHOWN: ("done", _l("Everybody can read it")),
    Shown.HIDDEN: ("no", _l("For the team alone")),
}
