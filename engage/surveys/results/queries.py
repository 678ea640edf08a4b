"""What was released of a wave, and what may still be."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from engage.core.db import db
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.models import Version
from engage.surveys.results import counting, reading
from engage.surveys.results.comparing import Told
from engage.surveys.results.disclosure.control import may_release
from engage.surveys.results.disclosure.tables import RULES, Rules
from engage.surveys.results.models import Crossing, Release
from engage.surveys.results.releasing import History
from engage.surveys.results.showing import Crossed, Results


def rules(wave: Wave) -> Rules:
    """A wave may promise larger groups than ours, never smaller ones."""
    return RULES._replace(base=max(RULES.base, wave.minimum_cell))


def releases(wave: Wave) -> Sequence[Release]:
    """The oldest first."""
    return db.session.scalars(select(Release).filter_by(wave_id=wave.id).order_by(Release.number)).all()


def last(wave: Wave) -> Release | None:
    newest = select(Release).filter_by(wave_id=wave.id).order_by(Release.number.desc()).limit(1)
    return db.session.scalars(newest).one_or_none()


def history(wave: Wave) -> History:
    return [
        (one.number, one.shown, json.loads(one.counted)) for one in releases(wave) if one.counted is not None
    ]


def shown(wave: Wave) -> Results | None:
    """The last release, read from what it wrote down; None before the first."""
    row = last(wave)
    return reading.results(row, wave, questionnaires.document(wave.version)) if row else None


def crossings(wave: Wave) -> Sequence[tuple[Crossing, int]]:
    """Every crossing of the wave with the number of its release, the oldest release first."""
    found = (
        select(Crossing, Release.number)
        .join(Release, Crossing.release_id == Release.id)
        .where(Release.wave_id == wave.id)
        .order_by(Release.number, Crossing.at)
    )
    return [(one, number) for one, number in db.session.execute(found)]


def crossed(wave: Wave, key: str, by: str) -> Crossed | None:
    """This crossing of the last release, if somebody asked for it."""
    newest = last(wave)
    if newest is None:
        return None
    asked = select(Crossing).filter_by(release_id=newest.id, question=key, segment=by)
    row = db.session.scalars(asked).one_or_none()
    results = shown(wave)
    if row is None or results is None:
        return None
    return reading.crossed(row.shown, results.by_key[key], results.by_key[by], wave.population)


def sisters(wave: Wave) -> list[Told]:
    """Every wave of this questionnaire of which something is released, this one too, the oldest first."""
    newest = (
        select(Release.wave_id, func.max(Release.number).label("number")).group_by(Release.wave_id).subquery()
    )
    found = (
        select(Wave, Release)
        .join(newest, newest.c.wave_id == Wave.id)
        .join(Release, (Release.wave_id == Wave.id) & (Release.number == newest.c.number))
        .join(Wave.version)
        .where(Version.questionnaire_id == wave.version.questionnaire_id)
        .options(contains_eager(Wave.version))
        .order_by(Wave.closes_at, Wave.code)
    )
    return [
        Told(one, reading.results(row, one, questionnaires.document(one.version)))
        for one, row in db.session.execute(found)
    ]


def made(wave: Wave) -> list[Crossing]:
    """The crossings of the last release."""
    newest = last(wave)
    asked = select(Crossing).filter_by(release_id=newest.id if newest else None).order_by(Crossing.at)
    return list(db.session.scalars(asked))


def has_news(wave: Wave, results: Results) -> bool:
    """Whether enough answers came since for another release."""
    return wave.erased_at is None and may_release(counting.responses(wave), results.responses, closed=True)


def all_crossed(wave: Wave, results: Results) -> list[Crossed]:
    """Every crossing of the last release."""
    return [
        reading.crossed(one.shown, results.by_key[one.question], results.by_key[one.segment], wave.population)
        for one in made(wave)
    ]
