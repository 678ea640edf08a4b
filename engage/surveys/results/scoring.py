"""The score of an instrument, from what its questionnaire declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

LINEAR = "linear-0-100"


class Item(NamedTuple):
    """A question that counts: what it measures, and the score of each choice that has one."""

    key: str
    concept: str
    scores: Mapping[str, float]


class Scale(NamedTuple):
    """The items of one concept. `half`: half of them answered is enough, else all must be."""

    concept: str
    items: tuple[Item, ...]
    half: bool = False


class Mean(NamedTuple):
    """The mean score of those who have one."""

    value: float
    base: int


def declared(scoring: Mapping[str, object], items: Iterable[Item]) -> Scale:
    """The scale of an `instrument: {scoring: {concept, rule, half}}`, from the questions of its document.

    Its items measure the concept itself or a part of it (`reach` holds `reach.phone`).

    Raises ValueError for a rule that is not known, or a concept that cannot be scored.
    """
    concept, rule = str(scoring.get("concept", "")), scoring.get("rule")
    if rule != LINEAR:
        raise ValueError(f"no such rule of scoring: {rule}")
    kept = tuple(item for item in items if f"{item.concept}.".startswith(f"{concept}."))
    if not concept or not kept or any(len(set(item.scores.values())) < 2 for item in kept):
        raise ValueError(f"nothing to score in: {concept or 'no concept'}")
    return Scale(concept, kept, scoring.get("half") is True)


def linear(item: Item, choice: str) -> float | None:
    """Where a choice lies between the lowest score of its question (0) and the highest (100).

    None for a choice without score: not applicable, “I don't know”.
    """
    if choice not in item.scores:
        return None
    low, high = min(item.scores.values()), max(item.scores.values())
    return 100 * (item.scores[choice] - low) / (high - low)


def score(scale: Scale, answers: Mapping[str, str]) -> float | None:
    """The mean of the items answered, each from 0 to 100; None when too many are missing.

    Skipped, not shown, not applicable and illegible are all missing. With the half rule the missing ones
    count as the mean of the others, once at least half are there: P. M. Fayers et al., "EORTC QLQ-C30
    scoring manual", 3rd edition 2001, "Missing items", which is also where the linear transformation of
    the raw mean RS is found, (RS − lowest)/range × 100. Scoring each item first is the same for equal
    ranges, and the way of R. D. Hays, C. D. Sherbourne, R. M. Mazel, "The RAND 36-item health survey
    1.0", Health Economics 2 (1993) 217–227.
    """
    found = [linear(item, answers[item.key]) for item in scale.items if item.key in answers]
    there = [value for value in found if value is not None]
    return sum(there) / len(there) if len(there) >= needed(scale) else None


def needed(scale: Scale) -> int:
    """How many items must be answered."""
    return (len(scale.items) + 1) // 2 if scale.half else len(scale.items)


def mean(scores: Sequence[float | None]) -> Mean | None:
    """Over the responses that have a score; None when there is none."""
    there = [value for value in scores if value is not None]
    return Mean(sum(there) / len(there), len(there)) if there else None
