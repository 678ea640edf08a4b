"""What a figure says, in the sentence that stands before it."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.surveys.answering.kinds import Answered
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.results.counting import DONT_KNOW
from engage.surveys.results.disclosure.tables import Mark, Value
from engage.surveys.results.proportions import Interval, Promoters, Share
from engage.surveys.results.sentences import between
from engage.surveys.results.showing import Figure, Item


def percent(share: float) -> str:
    return _("%(num)d%%", num=round(100 * share))


def span(interval: Interval) -> str:
    """From what to what, in hundredths; one number when there is no doubt."""
    low, high = round(100 * interval.low), round(100 * interval.high)
    return _("%(low)d to %(high)d%%", low=low, high=high) if low < high else percent(interval.low)


def points(promoters: Promoters) -> str:
    """The score and how far it may lie, with its sign."""
    low, high = promoters.interval
    return _(
        "The score is %(score)s, between %(low)s and %(high)s on a scale from −100 to +100.",
        score=signed(promoters.score),
        low=signed(low),
        high=signed(high),
    )


def signed(number: float) -> str:
    """A whole number with its sign, which is no hyphen."""
    return f"{round(number):+d}".replace("-", "−")


def value(number: Value) -> str:
    """A number, or the word that stands for one that is not said."""
    if number is Mark.NEARLY_ALL:
        return _("nearly all")
    return _("hidden") if number is Mark.HIDDEN else f"{number:d}"


def states() -> dict[str, str]:
    """Why somebody is not in a base."""
    return {
        Answered.SKIPPED: _("no answer"),
        Answered.NOT_SHOWN: _("not asked"),
        Answered.NOT_APPLICABLE: _("not concerned"),
        DONT_KNOW: _("does not know"),
        Answered.ILLEGIBLE: _("illegible on paper"),
    }


def sentence(item: Item) -> str:
    """The one thing to remember of an item; why nothing is said, when nothing is."""
    if not item.is_said:
        return _unsaid(item)
    if item.promoters:
        return points(item.promoters)
    if item.top is not None:
        return _of_top(item.top)
    if item.middle:
        return _("Half of the people are at “%(middle)s” or below.", middle=item.middle)
    if item.question.type.is_text:
        return _of_words(item.figures[0])
    return _of_first(item)


def _unsaid(item: Item) -> str:
    if item.withheld:
        return _("Nothing is said here: how many were asked would tell a hidden number of another question.")
    return _("Too few answers: nothing is said, so that nobody can be recognised.")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _of_top(top: Figure) -> str:
    if top.share is None:
        return _(
            "How many answered %(choices)s is not said: the number would tell another.", choices=top.label
        )
    return _("%(people)s: %(choices)s.", people=capital(between(top.share.interval)), choices=top.label)


def _of_words(figure: Figure) -> str:
    if not isinstance(figure.value, int):
        return _("How many people wrote something is not said.")
    return ngettext("%(num)s person wrote something.", "%(num)s people wrote something.", figure.value)


def _of_first(item: Item) -> str:
    """The most frequent answer; several when they are level; none when a hidden one could be ahead."""
    said = [one for one in item.figures if isinstance(one.value, int) and not one.is_away]
    most = max((one.value for one in said if isinstance(one.value, int)), default=0)
    if not most or _hidden_at_most(item) > most:
        return _("Which answer comes first is not said: some numbers are hidden.")
    first = [one for one in said if one.value == most]
    names = _(" and ").join(_("“%(name)s”", name=one.label) for one in first)
    share: Share | None = first[0].share
    told = between(share.interval) if share else ""
    if item.question.type is Type.RANKING:
        return _("Put first most often: %(names)s, by %(people)s.", names=names, people=told)
    return _("The most frequent answer: %(names)s, %(people)s.", names=names, people=told)


def _hidden_at_most(item: Item) -> int:
    """How large a hidden number could be."""
    if not any(one.is_hidden for one in item.figures) or not isinstance(item.base, int):
        return 0
    if item.question.type is Type.SEVERAL:
        return item.base
    return item.base - sum(one.value for one in item.figures if isinstance(one.value, int))
