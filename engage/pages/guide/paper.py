"""The whole guide on one sheet: emergency first, then each need and who answers."""

from __future__ import annotations

from engage.centre import queries as centre_queries
from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.render import link
from engage.pages.guide.reaching import Reach, reach
from engage.pages.guide.tree import Tree


def sheet(tree: Tree) -> dict[str, object]:
    address = link("guide.index")
    return {
        "paper": "a4",
        "centre": centre_queries.centre().name,
        "title": tree.title,
        "danger_title": _("It is serious? Call 15"),
        "danger": list(tree.danger),
        "numbers": [
            {"number": "15", "words": _("Emergency, day and night")},
            {"number": "112", "words": _("Emergency, anywhere in Europe")},
            {"number": "114", "words": _("By text message, if you do not hear")},
            {"number": "3114", "words": _("Thoughts of suicide")},
        ],
        "needs": [
            {"title": end.title, "contacts": [_line(reach(one)) for one in end.contacts]}
            for end in tree.reached
        ],
        "scan": _("More on this page:"),
        "address": address.rsplit("://", maxsplit=1)[-1],
        "qr": {"rows": qr.matrix(address), "alt": _("Code to scan, to the page “Whom to call?”")},
        "contact": _("You do not know? Call us:"),
        "phone": centre_queries.centre().phone,
    }


def _line(found: Reach) -> dict[str, str]:
    """On paper the number comes first; without one, the place."""
    return {"who": found.who, "phone": found.phone, "more": found.hours if found.phone else found.place}
