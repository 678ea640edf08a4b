"""What is printed of a call: its poster, with a code to scan, an address to type and a number to call."""

from __future__ import annotations

from textwrap import shorten

from engage.centre import queries as centre_queries
from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.render import day, link
from engage.groups.calling.models import Call
from engage.groups.calling.words import SHEET
from engage.involvement.models import Source

PART = 170  # characters that are still read on a wall
ON_THE_WALL = ("time", "training", "costs", "companion")


def _short(text: str, most: int) -> str:
    return shorten(" ".join(text.split()), most, placeholder=" …")


def reception() -> tuple[str, str]:
    """Who answers questions, and their number."""
    referent = centre_queries.referent()
    name = referent.first_name if referent and referent.phone else _("Reception")
    return name, (referent.phone if referent else "") or centre_queries.centre().phone


def poster(call: Call, source: Source | None) -> dict[str, object]:
    """`source`: the way in that this very poster is; its code goes with the address."""
    name, phone = reception()
    by = {"par": source.code} if source else {}
    address = link("calls.typed", code=call.code, **by)
    facts = [(str(SHEET[part]), _short(getattr(call, part), PART)) for part in ON_THE_WALL]
    return {
        "paper": "a4",
        "centre": centre_queries.centre().name,
        "kind": _("We look for people"),
        "title": call.title,
        "lead": _short(call.what, 2 * PART),
        "until": _("Apply until %(day)s", day=day(call.closes_on)) if call.closes_on else "",
        "facts": [{"heading": heading, "text": text} for heading, text in facts if text],
        "how": _("No account. By internet, by phone or at reception."),
        "scan": _("Scan, or type:"),
        "address": address.rsplit("://", maxsplit=1)[-1],
        "qr": {"rows": qr.matrix(address), "alt": _("Code to scan, to the page of this call")},
        "contact": _("%(name)s answers your questions:", name=name),
        "phone": phone,
    }
