"""Signs that are seen and not heard: abbreviations, brackets, slashes, words in capitals."""

import re
from functools import cache

from engage.core.i18n import gettext as _
from engage.core.words import fold
from engage.reading.acronyms import is_listed
from engage.reading.capitals import PART, capitals, lowered
from engage.reading.content import held
from engage.reading.finding import Finding, Findings, Rule, Severity
from engage.reading.text import Text

BRACKETS = re.compile(r"\([^()\n]*\)|\[[^\[\]\n]*\]")
# "(MSP)" after the full words explains them; so does "(le mot)" of a few words not.
INITIALS = re.compile(r"\(\s*[A-ZÀ-Þ][\w.]{1,9}\s*\)")
SLASH = re.compile(r"(?<![\w/.:’'])[\w’']++(?:[ \u00a0]?/[ \u00a0]?[\w’'()]++)++")
ROUND_THE_CLOCK = re.compile(r"24 ?h? ?/ ?24 ?h?(?:\W{1,3}7 ?j? ?/ ?7 ?j?)?|7 ?j? ?/ ?7 ?j?", re.I)
DATE = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?")


def abbreviations(text: Text) -> Findings:
    for found in _shortened().finditer(text.plain):
        full = _full(found[0])
        if full:
            message = _("Write the whole word: “%(full)s”.", full=full)
        else:
            message = _("Not everyone reads this abbreviation. Say it in words, or stop the list there.")
        yield Finding(*found.span(), Rule.ABBREVIATION, Severity.AMBER, message, full)


@cache
def _shortened() -> re.Pattern[str]:
    written = sorted(map(re.escape, held("abbreviations")), key=len, reverse=True)
    return re.compile(rf"(?<![\w.@/’'-])(?:{'|'.join(written)})(?![\w@’'/·-]|\.\w)")


def _full(written: str) -> str:
    return str(held("abbreviations")[written] or "")


def brackets(text: Text) -> Findings:
    for found in BRACKETS.finditer(text.plain):
        if not INITIALS.fullmatch(found[0]):
            message = _("Brackets break the thread. Make it a sentence of its own, or leave it out.")
            yield Finding(*found.span(), Rule.BRACKETS, Severity.AMBER, message)


def slashes(text: Text) -> Findings:
    for found in SLASH.finditer(text.plain):
        message, suggestion = _slash(found[0])
        yield Finding(*found.span(), Rule.SLASH, Severity.AMBER, message, suggestion)


def _slash(written: str) -> tuple[str, str]:
    if written.lower().replace(" ", "") == "et/ou":
        return _("“et/ou” asks to choose. Say “ou”: it holds both."), "ou"
    if ROUND_THE_CLOCK.fullmatch(written):
        suggestion = "jour et nuit" if written.startswith("24") else "tous les jours"
        return _("Say it in words: “%(words)s”.", words=suggestion), suggestion
    if DATE.fullmatch(written):
        return _("Write the month in letters: “3 juin 2026”."), ""
    return _("A slash cannot be read aloud. Say “ou”, or “et”."), ""


def shouting(text: Text) -> Findings:
    opening = {sentence.start for sentence in text.sentences}
    for start, end in capitals(text.plain, text.given.language):
        if all(is_listed(text, fold(part[0])) for part in PART.finditer(text.plain, start, end)):
            continue
        message = _("Words in capitals are slow to read. Keep capitals for names and initials.")
        suggestion = lowered(text.plain, start, end, text.given.language, opens=start in opening)
        yield Finding(start, end, Rule.CAPITALS, Severity.AMBER, message, suggestion)
