"""A sheet to hang up, with strips to tear off: the address, a code to scan, a number to call."""

from __future__ import annotations

from engage.centre import queries as centre_queries
from engage.core import pdf, qr
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import link
from engage.involvement.models import Source

STRIPS = 5


def address(source: Source) -> str:
    """The whole link of this way in."""
    return link("sources.arrive", code=source.code)


def short(source: Source) -> str:
    """The link as one reads it on paper and types it."""
    return address(source).partition("://")[2]


def data(source: Source) -> dict[str, object]:
    centre, referent = centre_queries.centre(), centre_queries.referent()
    has_own = bool(referent and referent.phone)
    picture = {"rows": qr.matrix(address(source)), "alt": _("Code to scan, to the page “Take part”")}
    return {
        "paper": "a4",
        "centre": centre.name,
        "title": _("What would you change here?"),
        "lead": _("You know what it is to be cared for here. Tell us, or come and do it with us."),
        "points": [
            _("Answer one question: 2 minutes."),
            _("Give an idea: 5 minutes."),
            _("Come to a workshop: once, for an evening."),
            _("Join a group: a few hours a year."),
        ],
        "promise": _("You choose how far you go. You may stop at any time, without a reason."),
        "scan": _("Scan, or type:"),
        "address": short(source),
        "contact": _("%(name)s answers you:", name=referent.first_name) if referent and has_own else "",
        "phone": (referent.phone if referent and has_own else "") or centre.phone,
        "qr": picture,
        "strips": [{"words": _("Take part"), "qr": picture} for _strip in range(STRIPS)],
    }


def paper(source: Source) -> bytes:
    return pdf.render("tear_off", data(source), lang=language())
