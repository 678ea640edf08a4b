"""A round on paper: the invitation with its code, and the text with three boxes a line."""

from __future__ import annotations

from engage.centre.queries import centre
from engage.core import pdf, qr
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import day, link
from engage.intake.queries import bare_code
from engage.pages import markup
from engage.pages.rounds import codes, queries
from engage.pages.rounds.models import ReadingRound, RoundReader
from engage.pages.rounds.words import KINDS, MARKS


def can_print(round_: ReadingRound) -> bool:
    """Whether our type can draw all of its letters."""
    words = markup.plain(queries.text(round_.version, round_.body))
    return pdf.LEFT_OUT not in pdf.printable(words.replace(pdf.LEFT_OUT, ""))


def slip(reader: RoundReader, *, lang: str) -> bytes:
    """On A5, to be handed over to one person."""
    code, until = codes.code_of(reader), reader.round.closes_on
    hello = _("You know best whether a text is clear. Would you read a page for us?")
    how = _("Scan the picture, or open the address. Write the code. Then read line by line.")
    facts = {
        "paper": "a5",
        "centre": centre().name,
        "title": _("Would you read a page with us?"),
        "code_label": _("Your code"),
        "code": code.split("-"),
        "code_hint": _("For you alone, until %(day)s. You may stop and go on later.", day=day(until)),
        "parts": [
            {"heading": reader.round.version.title, "text": hello},
            {"heading": _("How to begin"), "text": how},
        ],
        "scan": _("On your phone or computer:"),
        "address": link("rounds.index").partition("://")[2],
        "qr": {
            "rows": qr.matrix(link("rounds.arrive", given=bare_code(code))),
            "alt": _("Code to scan, to read the page"),
        },
        "contact": _("A question, or rather on paper? Ring us:"),
        "phone": centre().phone,
    }
    return pdf.render("invitation_slip", facts, lang=lang)


def form(round_: ReadingRound) -> bytes:
    """In the language of the text, for who reads and writes by hand."""
    with speaking(round_.version.language):
        return pdf.render("reading_form", _facts(round_), lang=round_.version.language)


def _facts(round_: ReadingRound) -> dict[str, object]:
    return {
        "paper": "a4",
        "centre": centre().name,
        "title": round_.version.title,
        "lead": _("It is the text that is tested, not you. Tick a box for each line."),
        "kind_label": _("Who are you? Tick what is closest to you."),
        "kinds": [str(words) for words in KINDS.values()],
        "marks": [str(words) for words in MARKS.values()],
        "remark": _("Difficult word, or how you would say it:"),
        "lines": [
            {
                "number": str(at),
                "icon": markup.path(one.icon),
                "words": one.words,
                "is_title": one.is_title,
            }
            for at, one in enumerate(queries.lines(round_), start=1)
        ],
        "overall": _("Would you like to add something?"),
        "drop": _("Give this sheet back at the desk before %(day)s. Thank you!", day=day(round_.closes_on)),
        "unsigned": _("Do not write your name: we only count."),
    }
