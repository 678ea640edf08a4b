"""The paper form of the idea box: the words its template prints."""

from __future__ import annotations

from engage.centre import queries as centre_queries
from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.render import link
from engage.themes import queries as themes


def data(copies: int) -> dict[str, object]:
    """`copies` slips of two A5 sides, with the themes of the site and the way to its online form."""
    return {
        "paper": "a5",
        "copies": copies,
        "centre": centre_queries.centre().name,
        "emergency": _("No emergencies here. Emergency: 15 or 112. Deaf: text 114. Suicide: 3114."),
        **_front(),
        **_back(),
        **_reach(),
    }


def _front() -> dict[str, object]:
    return {
        "title": _("What would make things better for you here?"),
        "lead": _("A few words are enough. Please name nobody, and no illness."),
        "idea_label": _("Your idea"),
        "theme_label": _("It is about"),
        "themes": [themes.name(theme) for theme in themes.shown()],
    }


def _back() -> dict[str, object]:
    return {
        "publish_label": _("May we publish it?"),
        "publish": [_("Yes, everyone may read it"), _("No, only the team")],
        "answer_label": _("How shall we tell you the answer?"),
        "answers": [
            _("No answer, thank you"),
            _("By e-mail"),
            _("By a phone call"),
            _("By a letter"),
            _("At reception"),
        ],
        "name_label": _("Your first name"),
        "contact_label": _("Your e-mail, phone or address"),
        "drop": _("Fold this paper and put it into the box, at reception."),
    }


def _reach() -> dict[str, object]:
    referent, address = centre_queries.referent(), link("writing.new")
    name = referent.first_name if referent else _("Reception")
    return {
        "scan": _("Scan, or type:"),
        "address": address.split("://")[-1],
        "qr": {"rows": qr.matrix(address), "alt": _("Code to scan, to the online form")},
        "contact": _("%(name)s answers your questions:", name=name),
        "phone": (referent.phone if referent else "") or centre_queries.centre().phone,
    }
