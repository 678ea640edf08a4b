"""What the desk of the guide calls pictograms and sources of a number."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.pages.guide.tree import Source

SOURCES = {
    Source.OWN: _l("written here"),
    Source.CENTRE: _l("the reception of the centre: its phone, hours and address follow the settings"),
    Source.REFERENT: _l("the referent: their name, phone and hours follow the settings"),
}
ICONS = {
    "": _l("no pictogram"),
    "alert": _l("a warning sign"),
    "stethoscope": _l("a stethoscope"),
    "hospital": _l("a hospital"),
    "pill": _l("medicines"),
    "home": _l("a house"),
    "people": _l("people"),
    "helper": _l("a helping hand"),
    "listening": _l("an ear"),
    "speech": _l("words spoken"),
    "language": _l("languages"),
    "shield": _l("a shield"),
    "lifebuoy": _l("a lifebuoy"),
    "form": _l("a form"),
    "access": _l("a wheelchair"),
    "message": _l("a message"),
    "clock": _l("a clock"),
    "day": _l("the sun"),
    "phone": _l("a phone"),
    "question": _l("a question"),
}
