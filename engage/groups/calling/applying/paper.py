"""What is printed of an application: the small paper with its code."""

from __future__ import annotations

from engage.centre import queries as centre_queries
from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.render import day, link
from engage.groups.calling.applying.receipts import Receipt
from engage.groups.calling.paper import reception


def slip(receipt: Receipt, code: str) -> dict[str, object]:
    """For the template `follow_slip`: the code, when the answer comes, how to take it back. No name."""
    name, phone = reception()
    due = _("The team answers you in words, by %(day)s.", day=day(receipt.due_on)) if receipt.due_on else ""
    how = _("On the page “Follow my message”, type your code: you can take it back there. Or call us.")
    address = link("intake.follow")
    return {
        "paper": "a5",
        "centre": centre_queries.centre().name,
        "title": receipt.title,
        "code_label": _("Your follow-up code"),
        "code": code.split("-"),
        "code_hint": _("Keep this paper: its code opens your application."),
        "parts": [
            {"heading": _("What happens next"), "text": due},
            {"heading": _("If you think better of it"), "text": how},
        ],
        "scan": _("Scan, or type:"),
        "address": address.rsplit("://", maxsplit=1)[-1],
        "qr": {"rows": qr.matrix(address), "alt": _("Code to scan, to the page where you follow it")},
        "contact": _("%(name)s answers your questions:", name=name),
        "phone": phone,
    }
