"""The programme on paper, in large print."""

from __future__ import annotations

from engage.centre import queries as centre_queries
from engage.core import pdf, qr
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import day, link
from engage.events.models import Event, Occurrence
from engage.events.programme import words
from engage.events.programme.document import Timed, Told


def sheet(event: Event, date: Occurrence, told: Told) -> bytes:
    """The PDF of one date."""
    return pdf.render("event_programme", content(event, date, told), lang=language())


def content(event: Event, date: Occurrence, told: Told) -> dict[str, object]:
    referent = centre_queries.referent()
    name = referent.first_name if referent and referent.phone else _("Reception")
    address = link("events.typed", code=date.code)
    place = [date.place or event.place, "" if date.place else " ".join(event.address.split())]
    return {
        "paper": "a4",
        "centre": centre_queries.centre().name,
        "title": event.title,
        "subject": told.subject,
        "when": day(date.day),
        "place": ", ".join(part for part in place if part),
        "remote": _("You can also follow it from afar.") if told.is_remote else "",
        "slots": [_slot(slot) for slot in told.slots],
        "scan": _("Scan, or type:"),
        "address": address.rsplit("://", maxsplit=1)[-1],
        "qr": {"rows": qr.matrix(address), "alt": _("Code to scan, to the page of this date")},
        "contact": _("%(name)s answers your questions:", name=name),
        "phone": (referent.phone if referent else "") or centre_queries.centre().phone,
    }


def _slot(slot: Timed) -> dict[str, object]:
    notes = [words.kind(slot), slot.room, _("sign up for it") if slot.takes_sign_up else ""]
    return {
        "hours": words.hours(slot),
        "title": words.label(slot),
        "notes": " · ".join(note for note in notes if note),
        "text": slot.text,
        "topics": list(slot.topics),
        "speakers": [words.said(voice) for voice in slot.speakers],
        "pause": slot.kind in words.PAUSES,
    }
