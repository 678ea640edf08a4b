"""A condition said in a sentence."""

from __future__ import annotations

from math import ceil

from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.surveys.questionnaire.conditions import (
    Above,
    All,
    Answered,
    Any,
    Below,
    Condition,
    Is,
    Not,
    Term,
)
from engage.surveys.questionnaire.document import Document, words


def tell(condition: Condition, document: Document, language: str) -> str:
    """What must be true, with the words of the questions it looks at."""
    match condition:
        case All(parts):
            return _(" and ").join(_inside(part, document, language) for part in parts)
        case Any(parts):
            return _(" or ").join(_inside(part, document, language) for part in parts)
        case Not(part):
            return _("not (%(condition)s)", condition=tell(part, document, language))
        case term:
            return _term(term, document, language)


def conditions(document: Document, language: str) -> dict[str, str]:
    """When each question is shown that not everybody is asked, by its key."""
    return {one.key: tell(one.show_if, document, language) for one in document.questions if one.show_if}


def _inside(part: Condition, document: Document, language: str) -> str:
    said = tell(part, document, language)
    return f"({said})" if isinstance(part, All | Any) and len(part.parts) > 1 else said


def _term(term: Term, document: Document, language: str) -> str:
    question = document.question(term.question)
    asked = words(question.text, language) if question else term.question
    match term:
        case Is(codes=codes):
            found = [question.choice(code) if question else None for code in codes]
            said = [
                words(one.text, language) if one else code for one, code in zip(found, codes, strict=True)
            ]
            return _("“%(asked)s” is: %(choices)s", asked=asked, choices=_(" or ").join(said))
        case Answered(yes=yes):
            return (
                _("“%(asked)s” has an answer", asked=asked)
                if yes
                else _("“%(asked)s” has no answer", asked=asked)
            )
        case Above(number=number):
            return _("“%(asked)s” is above %(number)s", asked=asked, number=number)
        case Below(number=number):
            return _("“%(asked)s” is below %(number)s", asked=asked, number=number)


def duration(seconds: float) -> str:
    """In whole minutes, upwards: nobody should find it longer than we said."""
    return ngettext("%(num)s minute", "%(num)s minutes", max(1, ceil(seconds / 60)))
