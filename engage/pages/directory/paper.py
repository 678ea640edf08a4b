"""The directory on paper, and one of its entries as a card for the address book of a phone."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from engage.centre.queries import centre, centre_today
from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.render import day, link
from engage.pages.directory import queries
from engage.pages.directory.models import Entry
from engage.pages.directory.words import KINDS


def sheet() -> dict[str, Any]:
    """Everybody, emergencies first, for the sheet `reference`."""
    address = link("directory.index")
    return {
        "paper": "a4",
        "centre": centre().name,
        "title": _("Directory: who can help me?"),
        "lead": _("In danger? Call 15 or 112."),
        "parts": [
            {"heading": str(KINDS[kind]), "entries": [_entry(one) for one in entries]}
            for kind, entries in groupby(queries.shown(), key=lambda one: one.kind)
        ],
        "printed": _("Printed on %(day)s", day=day(centre_today())),
        "scan": _("Scan, or type:"),
        "address": address.rsplit("://", maxsplit=1)[-1],
        "qr": {"rows": qr.matrix(address), "alt": _("Code to scan, to the directory on the site")},
        "contact": _("A question? Call us:"),
        "phone": centre().phone,
    }


def _entry(entry: Entry) -> dict[str, object]:
    where = ", ".join(filter(None, [entry.address, entry.access]))
    lines = [entry.phone_hours, entry.does, entry.for_whom, where, entry.opening, _checked(entry)]
    return {"term": entry.name, "more": "", "call": entry.phone, "lines": list(filter(None, lines))}


def _checked(entry: Entry) -> str:
    if queries.is_stale(entry):
        return _("To check: this may have changed")
    if entry.checked_on:
        return _("Checked on %(day)s", day=day(entry.checked_on))
    return _("National number, the same everywhere in France")


def card(entry: Entry) -> str:
    """What a phone keeps of an entry: a vCard 3.0 (RFC 2426)."""
    facts = [
        ("N", f";{_escaped(entry.name)};;;"),
        ("FN", _escaped(entry.name)),
        ("ORG", _escaped(entry.name)),
        ("TEL;TYPE=VOICE", _escaped(entry.phone)),
        ("EMAIL", _escaped(entry.email)),
        ("URL", entry.website),
        ("ADR;TYPE=WORK", f";;{_escaped(entry.address)};;;;" if entry.address else ""),
        ("NOTE", _escaped(" ".join(filter(None, [entry.does, entry.phone_hours, entry.opening])))),
    ]
    said = [_folded(f"{name}:{value}") for name, value in facts if value]
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *said, "END:VCARD", ""])


def _escaped(words: str) -> str:
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of 75 bytes at most; what follows begins with a space."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > 74:
            pieces.append(piece)
            piece = ""
        piece += sign
    return "\r\n ".join([*pieces, piece])
