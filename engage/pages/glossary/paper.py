"""The leaflet "Les mots de la santé"."""

from __future__ import annotations

from engage.centre.queries import centre, centre_today
from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.render import day, link
from engage.pages.glossary import listing
from engage.pages.glossary.models import Term


def leaflet() -> dict[str, object]:
    """Every word of the language of the page, for the sheet `reference`."""
    address = link("glossary.index")
    return {
        "paper": "a4",
        "centre": centre().name,
        "title": _("Words of health, explained"),
        "lead": _("A word you do not know? Here is what it means."),
        "parts": [
            {"heading": letter, "entries": [_entry(term) for term in terms]}
            for letter, terms in listing.by_letter()
        ],
        "printed": _("Printed on %(day)s", day=day(centre_today())),
        "scan": _("Scan, or type:"),
        "address": address.rsplit("://", maxsplit=1)[-1],
        "qr": {"rows": qr.matrix(address), "alt": _("Code to scan, to these words on the site")},
        "contact": _("A question? Call us:"),
        "phone": centre().phone,
    }


def _entry(term: Term) -> dict[str, object]:
    return {"term": term.term, "more": term.expansion, "call": "", "lines": [term.definition]}
