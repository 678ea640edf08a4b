"""Who stands behind a figure: five states of an item, and the base of each share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from engage.surveys.results.proportions import Share


class State(StrEnum):
    """What became of one question in one response. “I'd rather not say” is a question skipped."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    NOT_SHOWN = "not shown"
    NOT_APPLICABLE = "not applicable"  # or “I don't know”
    ILLEGIBLE = "illegible"


class Account(NamedTuple):
    """How many responses stand in each state, for one question."""

    answered: int = 0
    skipped: int = 0
    not_shown: int = 0
    not_applicable: int = 0
    illegible: int = 0

    @property
    def responses(self) -> int:
        return sum(self)

    @property
    def shown(self) -> int:
        return self.responses - self.not_shown

    def base(self, *, several: bool = False) -> int:
        """What a share of this question is a share of; who skipped it is never in it.

        One choice: those who answered it. Several choices: those who saw it and said something, so also
        those for whom nothing applied; never the number of ticks, never those who were not shown it.
        """
        return self.answered + self.not_applicable if several else self.answered


def account(states: Iterable[State]) -> Account:
    """Counts the states of one question over all responses."""
    seen = Counter(states)
    return Account(*(seen[state] for state in State))


def shares(
    counted: Account, counts: Mapping[str, int], *, several: bool = False, population: int | None = None
) -> dict[str, Share]:
    """The share of each choice on its right base; empty when nobody answered.

    Raises ValueError when the counts and the account cannot be of the same responses.
    """
    base = counted.base(several=several)
    if not several and sum(counts.values()) != counted.answered:
        raise ValueError("the answers to one choice must add up to those who answered")
    if any(not 0 <= count <= counted.answered for count in counts.values()):
        raise ValueError("more people chose this than answered")
    return {choice: Share(count, base, population) for choice, count in counts.items() if base}


def top(scores: Mapping[str, float]) -> frozenset[str]:
    """The choices that count as content: the two best of a scale, the best alone of two or three.

    Said instead of a mean, which hides a skewed scale. Two of three points would be no distinction.
    """
    best = sorted(set(scores.values()), reverse=True)
    kept = best[:2] if len(best) > 3 else best[:1]
    return frozenset(choice for choice, score in scores.items() if score in kept)


def top_share(counts: Mapping[str, int], scores: Mapping[str, float], population: int | None = None) -> Share:
    """The top-two share of those who gave an answer that has a score.

    Raises ValueError without any such answer.
    """
    base = sum(counts.get(choice, 0) for choice in scores)
    if not base:
        raise ValueError("nobody answered")
    return Share(sum(counts.get(choice, 0) for choice in top(scores)), base, population)
