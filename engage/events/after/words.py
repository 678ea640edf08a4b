"""What the faces and the state of somebody's words are called."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import ngettext
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


def no_show(absent: int, expected: int) -> str:
    """`5 inscriptions sur 23 … : environ 2 sur 10`; a small figure needs no other."""
    if not absent:
        return _("Everybody whom we expected came.")
    sentence = ngettext(
        "%(num)s sign-up of %(expected)s did not come and had not told us.",
        "%(num)s sign-ups of %(expected)s did not come and had not told us.",
        absent,
        expected=expected,
    )
    tenths = round(10 * absent / expected)
    if expected <= 10 or not tenths:
        return sentence
    return sentence + " " + _("That is about %(tenths)s in 10.", tenths=tenths)


def duration(minutes: int) -> str:
    """`1 h 30`, never broken over two lines."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(num)s minute", "%(num)s minutes", rest)
    return f"{hours}\u00a0h\u00a0{rest:02}" if rest else f"{hours}\u00a0h"
