"""The sheet on paper: one A4 page in large type."""

from __future__ import annotations

from flask import Response

from engage.centre import queries as centre_queries
from engage.core import pdf
from engage.core.heavy import load
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.qr import matrix
from engage.core.render import link
from engage.surveys.results.sheet.pictures import Picture
from engage.surveys.results.sheet.queries import Told
from engage.surveys.results.sheet.telling import answered, doors

TEMPLATE = "survey_sheet"
TOO_LONG = "longer than one page"


def sheet(told: Told) -> bytes:
    """The PDF. Raises `TypstError` when it does not fit on one page."""
    return pdf.render(TEMPLATE, _data(told), lang=language())


def response(told: Told) -> Response:
    """The PDF to open in the browser."""
    head = {"Content-Disposition": f'inline; filename="resultats-{told.wave.code}.pdf"'}
    return Response(sheet(told), mimetype="application/pdf", headers=head)


def fits(told: Told) -> bool:
    """Whether all of it stands on one page in letters of 14 points."""
    try:
        sheet(told)
    except load("typst").TypstError as fault:
        if TOO_LONG in str(fault):
            return False
        raise
    return True


def _data(told: Told) -> dict[str, object]:
    return {
        "paper": "a4",
        "centre": centre_queries.centre().name,
        "title": _("What you told us"),
        "wave": told.wave.title,
        "answered": answered(told),
        "doors": doors(told),
        "pictures": [_picture(one) for one in told.pictures],
        "heard_title": _("What we heard"),
        "heard": told.heard,
        "quotes": [_("“%(answer)s”", answer=one) for one in told.quotes],
        "promised_title": _("What we commit to"),
        "promised": told.promised,
        "commitments": [one.commitment.title for one in told.ties],
        **_reach(link("survey_sheet.show", code=told.wave.code)),
    }


def _reach(address: str) -> dict[str, object]:
    """Whom to call, and where the sheet is on the web."""
    place, referent = centre_queries.centre(), centre_queries.referent()
    return {
        "contact_title": _("Whom to call"),
        "person": referent.first_name if referent else "",
        "person_title": referent.title if referent else "",
        "contact": _("Or call us:"),
        "phone": (referent.phone if referent else "") or place.phone,
        "scan": _("This sheet is here too:"),
        "address": address,
        "qr": {"rows": matrix(address), "alt": _("Code that opens the page of these results")},
    }


def _picture(one: Picture) -> dict[str, object]:
    return {
        "question": one.question,
        "answer": one.answer,
        "said": one.said,
        "tenths": one.tenths,
        "note": _("perhaps %(between)s", between=one.between) if one.between else "",
        "alt": _("Picture of ten people: %(said)s", said=one.said),
    }
