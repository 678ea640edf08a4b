"""The paper that says that somebody was there."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response

from engage.centre import queries as centre_queries
from engage.core import pdf
from engage.core.clock import local
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import day, hour
from engage.events.after.attesting.queries import Named
from engage.events.after.words import duration
from engage.events.models import Occurrence


def certificates(people: Iterable[Named], date: Occurrence) -> dict[str, object]:
    """One page a person. Others will read it: it says the discreet title, and nothing of anybody's needs."""
    held = centre_queries.centre()
    return {
        "paper": "a4",
        "centre": held.name,
        "address": " ".join(held.address.split()),
        "title": _("Certificate of attendance"),
        "sheets": [_sheet(one.name or "", date, held.name) for one in people],
    }


def _sheet(name: str, date: Occurrence, centre: str) -> dict[str, object]:
    return {
        "name": name,
        "said": _("%(centre)s certifies that this person took part:", centre=centre),
        "facts": _facts(date),
        "made": _("Made on %(day)s.", day=day(centre_queries.centre_today())),
        "signed": _("For the team, name and signature:"),
    }


def _facts(date: Occurrence) -> list[dict[str, str]]:
    event, place = date.event, date.place or ", ".join(filter(None, (date.event.place, date.event.address)))
    said = (
        (_("What it was"), event.discreet_title),
        (_("Day"), day(date.day)),
        (_("Hours"), _hours(date)),
        (_("Place"), " ".join(place.split())),
        (_("Hours in all"), duration(date.minutes)),
    )
    return [{"label": label, "value": value} for label, value in said if value]


def _hours(date: Occurrence) -> str:
    """Where it lasts until another day, the day is said too."""
    zone = centre_queries.zone()
    first, last = local(date.starts_at, zone).date(), local(date.ends_at, zone).date()
    end = hour(date.ends_at) if first == last else f"{day(last)}, {hour(date.ends_at)}"
    return _("from %(start)s to %(end)s", start=hour(date.starts_at), end=end)


def response(people: Iterable[Named], date: Occurrence) -> Response:
    """The file, kept by nobody on the way."""
    sheet = pdf.render("attendance", certificates(people, date), lang=language())
    headers = {
        "Content-Disposition": f'inline; filename="attestation-{date.code}.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(sheet, mimetype="application/pdf", headers=headers)
