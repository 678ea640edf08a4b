"""What was released of a wave, and what may still be."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select

from engage.core.db import db
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.results import reading
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
