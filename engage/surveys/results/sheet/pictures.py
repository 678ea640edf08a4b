"""Figures as patients read them: so many people out of ten, from what was released and nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.surveys.questionnaire.document import Document, Question, words
from engage.surveys.questionnaire.kinds import Variant
from engage.surveys.results import bases, reading, sentences
from engage.surveys.results.proportions import Share
from engage.surveys.results.showing import Figure, Item, Results

TOP = "top"
WIDE = 0.2  # an interval of more than 20 points out of 100 is said in words
Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Picture:
    """One answer to show. `key` names it in the form: the question, then what was answered."""

    key: str
    question: str
    answer: str
    share: Share

    @property
    def tenths(self) -> int:
        """The nearest number of people out of ten."""
        return math.floor(round(self.share.value * 10, 6) + 0.5)

    @property
    def said(self) -> str:
        return sentences.about(self.share)

    @property
    def between(self) -> str:
        """How far the truth may lie; empty where the figure is sure enough to stand alone."""
        low, high = self.share.interval
        return sentences.between(self.share.interval) if high - low > WIDE else ""

    @property
    def plain(self) -> dict[str, Any]:
        """As a published sheet keeps it."""
        return {
            "key": self.key,
            "count": self.share.count,
            "base": self.share.base,
            "of": self.share.population,
        }


def offers(results: Results) -> list[Picture]:
    """All that a sheet may show of a release: whatever is hidden or too small is not among them."""
    return [
        Picture(
            f"{item.key}:{figure.code}",
            _asked(item.question),
            _answer(item.question, figure.code),
            figure.share,
        )
        for item in results.items
        if item.is_said
        for figure in _figures(item)
        if figure.share is not None and not figure.is_hidden
    ]


def _figures(item: Item) -> Sequence[Figure]:
    """The best answers of a scale together first; written words and classes of numbers make no picture."""
    if not item.question.type.has_choices:
        return ()
    several = len(bases.top(reading.scores(item.question))) > 1
    best = [item.top] if item.top is not None and several else []
    return [*best, *(one for one in item.figures if not one.is_away)]


def _asked(question: Question) -> str:
    """In its short words, where it has some: the sheet is for everyone."""
    return words(question.text, language(), Variant.SHORT)


def _answer(question: Question, code: str) -> str:
    named = reading.labels(question)
    if code != TOP:
        return _quoted(named(code))
    best = bases.top(reading.scores(question))
    return _(" or ").join(_quoted(named(one.code)) for one in question.choices if one.code in best)


def _quoted(answer: str) -> str:
    return _("“%(answer)s”", answer=answer)


def kept(plain: Plain, document: Document) -> Picture:
    """What a published sheet showed, in the language of this page."""
    key, _colon, code = str(plain["key"]).partition(":")
    question = document.question(key)
    if question is None:
        raise LookupError(f"a frozen version lost its question {key}")
    share = Share(plain["count"], plain["base"], plain["of"])
    return Picture(plain["key"], _asked(question), _answer(question, code), share)
