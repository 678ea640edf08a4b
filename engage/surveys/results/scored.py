"""The score of an instrument over a whole wave, computed by the database."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select

from engage.core.db import db
from engage.surveys.answering.models import Answer, Response, Wave
from engage.surveys.questionnaire.document import Document
from engage.surveys.results import counting
from engage.surveys.results.disclosure.tables import Rules
from engage.surveys.results.proportions import Z
from engage.surveys.results.reading import is_scale, scores
from engage.surveys.results.scoring import Item, Scale, declared, linear, needed
from engage.surveys.results.stored import Plain, released


def scale(document: Document) -> Scale | None:
    """What the questionnaire declares, if it is an instrument."""
    instrument: Mapping[str, Any] = document.instrument or {}
    if not instrument.get("scoring"):
        return None
    items = [Item(one.key, one.concept, scores(one)) for one in document.questions if is_scale(one)]
    return declared(instrument["scoring"], items)


def score(
    wave: Wave, document: Document, shown: Plain, before: Sequence[Plain], rules: Rules
) -> Plain | None:
    """The mean of those with enough answers, in whole points; None unless each item is told in full.

    A mean of means tells more than its items do: rounded to whole points of 100, and only over as many
    people as any figure needs, it tells nothing of one person. With hardly any new answers it stays as
    it was (`before`: the scores of earlier releases, oldest first).
    """
    found = scale(document)
    if found is None or not all(_is_whole(shown[item.key]) for item in found.items):
        return None
    people, mean, square = _moments(wave, found)
    if people < rules.base:
        return None
    if before and people - before[-1]["base"] < rules.block:
        return before[-1]
    reach = _reach(people, mean, square, wave.population)
    return {
        "name": (document.instrument or {}).get("name", ""),
        "value": round(mean),
        "low": max(0, math.floor(mean - reach)),
        "high": min(100, math.ceil(mean + reach)),
        "base": people,
    }


def _is_whole(plain: Plain) -> bool:
    tables = [released(one) for one in plain["tables"].values()]
    return not plain["withheld"] and all(one.is_whole for one in tables)


def _values(wave: Wave, found: Scale, questions: Mapping[str, UUID]) -> dict[UUID, float]:
    """What each choice counts for, from 0 to 100."""
    named, choices = counting.codes(wave)[1], counting.choices(wave)
    return {
        choice: points
        for item in found.items
        for choice in choices[questions[item.key]]
        if (points := linear(item, named[choice])) is not None
    }


def _moments(wave: Wave, found: Scale) -> tuple[int, float, float]:
    """How many have a score, its mean, and the mean of its square."""
    questions = {key: question for question, key in counting.codes(wave)[0].items()}
    values = _values(wave, found, questions)
    one = (
        select(func.avg(case(values, value=Answer.choice_id)).label("points"))
        .where(
            Answer.version_id == wave.version_id,
            Answer.question_id.in_([questions[item.key] for item in found.items]),
            Answer.choice_id.in_(list(values)),
            Answer.response_id.in_(select(Response.id).where(Response.wave_id == wave.id)),
        )
        .group_by(Answer.response_id)
        .having(func.count() >= needed(found))
        .subquery()
    )
    whole = select(func.count(), func.avg(one.c.points), func.avg(one.c.points * one.c.points))
    people, mean, square = db.session.execute(whole).one()
    return people, float(mean or 0), float(square or 0)


def _reach(people: int, mean: float, square: float, population: int | None) -> float:
    """Half of the interval of a mean: z·s/√n, with √((N − n)/(N − 1)) for a census of N people.

    W. G. Cochran, "Sampling Techniques", 3rd edition 1977, sections 2.5 and 2.8.
    """
    variance = max(0.0, square - mean * mean) * people / max(1, people - 1)
    left = (population - people) / (population - 1) if population and population > people else 1.0
    return Z * math.sqrt(variance / people * left)
