"""What a form says in answer to one question: its state and its codes, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from engage.core.clock import now
from engage.core.forms import LINE_LENGTH, TEXT_LENGTH
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.spot import whole
from engage.core.words import clean
from engage.surveys.answering.kinds import Answered
from engage.surveys.questionnaire.asking import MOST_RANKED
from engage.surveys.questionnaire.conditions import Value
from engage.surveys.questionnaire.document import Choice, Question, words
from engage.surveys.questionnaire.kinds import ChoiceKind, Type

# No code of a choice holds a dash: these two stand beside the codes in what a form carries.
PREFER_NOT, ILLEGIBLE = "prefer-not", "il-legible"
OTHER = ".other"
"""Ends the name of the field beside a choice “other, to be said”."""

ALONE = {ChoiceKind.NONE_OF_THESE, ChoiceKind.NOT_APPLICABLE, ChoiceKind.DONT_KNOW}
NO_ANSWER = {ChoiceKind.NOT_APPLICABLE, ChoiceKind.DONT_KNOW}
NUMBER = re.compile(r"[+-]?\d{1,9}([.,]\d{1,3})?", re.ASCII)
MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
FIRST_YEAR, YEARS_AHEAD = 1900, 10
Raw = Mapping[str, Sequence[str]]
"""What a form carries, by the key of the question; words of “other” under the key and `OTHER`."""


class Wrong(Exception):
    """This cannot be the answer to this question; says why in one plain sentence."""


class Taken(NamedTuple):
    """One question answered, in codes. `month` is the first day of it."""

    state: Answered
    codes: tuple[str, ...] = ()
    number: float | None = None
    month: date | None = None
    words: str = ""
    in_order: bool = False

    @property
    def value(self) -> Value | None:
        """What conditions of later questions look at."""
        if self.codes:
            return self.codes if self.in_order else frozenset(self.codes)
        if self.number is not None:
            return self.number
        return f"{self.month:%Y-%m}" if self.month else self.words or None


SKIPPED = Taken(Answered.SKIPPED)


def said(raw: Raw, key: str) -> list[str]:
    """The marks of a form for one question, without those left empty."""
    return [mark for mark in raw.get(key, ()) if mark.strip()]


def take(question: Question, raw: Raw) -> Taken:
    """The answer to one question that is shown. Raises Wrong; no answer at all is a question skipped."""
    marks, beside = said(raw, question.key), said(raw, question.key + OTHER)
    if PREFER_NOT in marks and question.prefer_not:
        if len(marks) > 1:
            raise Wrong(_("Keep your answer or “I would rather not say”: not both."))
        return SKIPPED
    other = next((one for one in question.choices if one.kind is ChoiceKind.OTHER), None)
    if other and beside and not marks:
        marks = [other.code]
    if not marks:
        return SKIPPED
    taken = READERS[question.type](question, marks)
    if other and other.code in taken.codes:
        return taken._replace(words=_bounded("\n".join(beside), LINE_LENGTH))
    return taken


def _chosen(question: Question, marks: Sequence[str]) -> list[Choice]:
    found = [question.choice(mark) for mark in marks]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        raise Wrong(_("This answer is not on the list. Please choose again."))
    return known


def _coded(chosen: Sequence[Choice], *, in_order: bool = False) -> Taken:
    """What does not go with other answers must stand alone."""
    alone = next((one for one in chosen if one.kind in ALONE), None)
    if alone is not None and len(chosen) > 1:
        name = words(alone.text, language())
        raise Wrong(_("“%(choice)s” does not go with another answer. Please keep one of them.", choice=name))
    is_none = alone is not None and alone.kind in NO_ANSWER
    state = Answered.NOT_APPLICABLE if is_none else Answered.ANSWERED
    return Taken(state, tuple(one.code for one in chosen), in_order=in_order)


def _one(question: Question, marks: Sequence[str]) -> Taken:
    chosen = _chosen(question, list(dict.fromkeys(marks)))
    if len(chosen) > 1:
        raise Wrong(_("Please choose one answer only."))
    return _coded(chosen)


def _several(question: Question, marks: Sequence[str]) -> Taken:
    ticked = {one.code for one in _chosen(question, marks)}
    return _coded([one for one in question.choices if one.code in ticked])


def places(question: Question) -> int:
    """How many choices can be put in order."""
    return min(int(question.settings.get("most", MOST_RANKED)), len(question.choices))


def _ranking(question: Question, marks: Sequence[str]) -> Taken:
    chosen = _chosen(question, marks)
    doubled = next((one for place, one in enumerate(chosen) if one in chosen[:place]), None)
    if doubled is not None:
        name = words(doubled.text, language())
        raise Wrong(_("“%(choice)s” is there twice. Each answer has one place only.", choice=name))
    if len(chosen) > places(question):
        raise Wrong(_("Put %(most)d answers in order at most.", most=places(question)))
    return _coded(chosen, in_order=True)


def _number(question: Question, marks: Sequence[str]) -> Taken:
    typed = "".join(marks[0].split())
    if len(marks) > 1 or not NUMBER.fullmatch(typed):
        raise Wrong(_("Write a number in digits, for example 12."))
    number = whole(float(typed.replace(",", ".")))
    lowest, highest = question.settings.get("min"), question.settings.get("max")
    if (lowest is None or number >= lowest) and (highest is None or number <= highest):
        return Taken(Answered.ANSWERED, number=number)
    if lowest is None:
        raise Wrong(_("Write a number of %(max)s at most.", max=highest))
    if highest is None:
        raise Wrong(_("Write a number of %(min)s at least.", min=lowest))
    raise Wrong(_("Write a number between %(min)s and %(max)s.", min=lowest, max=highest))


def _month(_question: Question, marks: Sequence[str]) -> Taken:
    """`2026-03`, or the month and then the year as two lists give them."""
    found = MONTH.fullmatch("-".join(mark.strip() for mark in reversed(marks)))
    if found is None or not 1 <= int(found[2]) <= 12:
        raise Wrong(_("Choose a month and a year."))
    if not FIRST_YEAR <= int(found[1]) <= now().year + YEARS_AHEAD:
        raise Wrong(_("Please check the year."))
    return Taken(Answered.ANSWERED, month=date(int(found[1]), int(found[2]), 1))


def most_signs(question: Question) -> int:
    """How long an answer in words may be."""
    usual = LINE_LENGTH if question.type is Type.SHORT_TEXT else TEXT_LENGTH
    return int(question.settings.get("most", usual))


def _text(question: Question, marks: Sequence[str]) -> Taken:
    written = _bounded("\n".join(marks), most_signs(question))
    return Taken(Answered.ANSWERED, words=written) if written else SKIPPED


def _bounded(typed: str, most: int) -> str:
    kept = clean(typed)
    if len(kept) > most:
        raise Wrong(_("Please shorten: %(max)d characters at most.", max=most))
    return kept


def _information(_question: Question, _marks: Sequence[str]) -> Taken:
    raise Wrong(_("These answers do not fit this questionnaire. Please open it again."))


READERS: dict[Type, Callable[[Question, Sequence[str]], Taken]] = {
    **dict.fromkeys((kind for kind in Type if kind.takes_one), _one),
    Type.SEVERAL: _several,
    Type.RANKING: _ranking,
    Type.NUMBER: _number,
    Type.MONTH: _month,
    Type.SHORT_TEXT: _text,
    Type.LONG_TEXT: _text,
    Type.INFORMATION: _information,
}
