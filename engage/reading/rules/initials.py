"""Initials that nobody explains, and words of the glossary that the text does not explain."""

from engage.core.i18n import gettext as _
from engage.reading.acronyms import Acronyms, Initials
from engage.reading.finding import Body, Finding, Findings, Rule, Severity
from engage.reading.text import Text


def acronyms(text: Text) -> Findings:
    """Unknown ones stand in the way of publication; those of the glossary should be said in full once."""
    for one in Acronyms(text).unexplained():
        known = text.terms.get(one.key)
        yield _in_glossary(text, one, known.expansion) if known else _unknown(text, one)


def _unknown(text: Text, one: Initials) -> Finding:
    message = _(
        "Few readers know “%(word)s”. Say what these letters stand for, or add them to the glossary.",
        word=text.words(one.start, one.end),
    )
    return Finding(one.start, one.end, Rule.ACRONYM, Severity.BLOCKING, message)


def _in_glossary(text: Text, one: Initials, expansion: str) -> Finding:
    word = text.words(one.start, one.end)
    message = _("The first time, say “%(word)s” in full. The glossary knows it.", word=word)
    severity = Severity.RED if text.given.body is Body.SHORT else Severity.AMBER
    full = f"{expansion[:1].lower()}{expansion[1:]} ({word})" if expansion else ""
    return Finding(one.start, one.end, Rule.ACRONYM, severity, message, full)
