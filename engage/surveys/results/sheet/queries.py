"""Sheets by wave, what each says now, and which commitments answer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from engage.commitments.models import Commitment
from engage.core.db import db
from engage.surveys.answering import queries as answering
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Verbatim, Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.results import queries as results
from engage.surveys.results.sheet import pictures
from engage.surveys.results.sheet.models import State, SurveySheet, Tie
from engage.surveys.results.sheet.pictures import Picture
from engage.surveys.results.showing import Results
from engage.surveys.results.verbatims import masking
from engage.surveys.results.verbatims import queries as verbatims
from engage.surveys.results.verbatims.models import Decision, Reading
from engage.surveys.results.verbatims.queries import Heard


@dataclass(frozen=True)
class Told:
    """All that stands on one sheet."""

    wave: Wave
    responses: int
    population: int | None
    doors: tuple[ChannelKind, ...]
    pictures: tuple[Picture, ...]
    quotes: tuple[str, ...]
    heard: str
    promised: str
    ties: tuple[Tie, ...]


def wave(code: str) -> Wave:
    """With its version. Aborts with 404."""
    rows = select(Wave).where(Wave.code == code).options(joinedload(Wave.version, innerjoin=True))
    return db.session.scalars(rows).one_or_none() or abort(404)


def editions(wave: Wave) -> Sequence[SurveySheet]:
    """The newest first."""
    rows = select(SurveySheet).filter_by(wave_id=wave.id).order_by(SurveySheet.number.desc())
    return db.session.scalars(rows).all()


def draft(wave: Wave) -> SurveySheet | None:
    """The one that is being composed, held until this unit ends."""
    rows = select(SurveySheet).filter_by(wave_id=wave.id, state=State.DRAFT).with_for_update()
    return db.session.scalars(rows).one_or_none()


def composed(code: str) -> SurveySheet:
    """The draft of this wave, with it. Aborts with 404."""
    rows = (
        select(SurveySheet).join(SurveySheet.wave).where(Wave.code == code, SurveySheet.state == State.DRAFT)
    )
    whole = contains_eager(SurveySheet.wave).joinedload(Wave.version, innerjoin=True)
    return db.session.scalars(rows.options(whole)).one_or_none() or abort(404)


def published(wave: Wave) -> SurveySheet | None:
    rows = select(SurveySheet).filter_by(wave_id=wave.id, state=State.PUBLISHED)
    return db.session.scalars(rows).one_or_none()


def newest_of(wave: Wave) -> SurveySheet | None:
    """What everyone sees: the edition published, else the last one that was taken down."""
    rows = select(SurveySheet).filter_by(wave_id=wave.id)
    rows = rows.where(SurveySheet.state.in_((State.PUBLISHED, State.WITHDRAWN)))
    there = (SurveySheet.state == State.PUBLISHED).desc()
    found = db.session.scalars(rows.order_by(there, SurveySheet.number.desc()).limit(1)).first()
    if found is not None:
        found.wave = wave
    return found


def ties(sheet: SurveySheet) -> Sequence[Tie]:
    rows = select(Tie).filter_by(sheet_id=sheet.id).join(Tie.commitment)
    return db.session.scalars(rows.order_by(Commitment.due_on, Commitment.id)).all()


def tie(sheet: SurveySheet, code: str) -> Tie:
    """Aborts with 404."""
    rows = select(Tie).filter_by(sheet_id=sheet.id).join(Tie.commitment).where(Commitment.code == code)
    return db.session.scalars(rows).one_or_none() or abort(404)


def doors(wave: Wave) -> tuple[ChannelKind, ...]:
    """The ways by which answers came; how many by each is nobody's business."""
    return tuple(one.kind for one in answering.channels(wave) if one.completed)


def quotes(chosen: Sequence[dict[str, Any]]) -> list[str]:
    """The words chosen, as far as they may still be read: to hide more later hides it here too."""
    hidden = {UUID(one["id"]): [(start, end) for start, end in one["hidden"]] for one in chosen}
    rows = select(Verbatim.id, Verbatim.body, Reading.masked).join(
        Reading, Reading.verbatim_id == Verbatim.id
    )
    rows = rows.where(Verbatim.id.in_(hidden), Reading.decision == Decision.PUBLISHABLE)
    found = {
        key: masking.masked(body, [*hidden[key], *((start, end) for start, end in masked)])
        for key, body, masked in db.session.execute(rows)
    }
    return [found[key] for key in hidden if found.get(key)]


def choosable(wave: Wave) -> list[tuple[Heard, str]]:
    """The words that may be published, as they would be read."""
    return [(one, masking.masked(one.body, one.masked)) for one in verbatims.publishable(wave)]


def told(sheet: SurveySheet) -> Told:
    """A published sheet as it is read today: its figures are those of its publication."""
    shown, document = sheet.shown or {}, questionnaires.document(sheet.wave.version)
    return Told(
        wave=sheet.wave,
        responses=shown["responses"],
        population=shown["of"],
        doors=tuple(ChannelKind(one) for one in shown["doors"]),
        pictures=tuple(pictures.kept(one, document) for one in shown["figures"]),
        quotes=tuple(quotes(sheet.quotes)),
        heard=sheet.heard,
        promised=sheet.promised,
        ties=tuple(ties(sheet)),
    )


def sketched(sheet: SurveySheet, seen: Results) -> Told:
    """A draft as it would be read if it were published now."""
    offered = {one.key: one for one in pictures.offers(seen)}
    return Told(
        wave=sheet.wave,
        responses=seen.responses,
        population=seen.population,
        doors=doors(sheet.wave),
        pictures=tuple(offered[key] for key in sheet.figures if key in offered),
        quotes=tuple(quotes(sheet.quotes)),
        heard=sheet.heard,
        promised=sheet.promised,
        ties=tuple(ties(sheet)),
    )


def shown(wave: Wave) -> Results | None:
    return results.shown(wave)


def newest(limit: int) -> Sequence[SurveySheet]:
    """What is published of every survey, the newest first."""
    rows = select(SurveySheet).filter_by(state=State.PUBLISHED).options(joinedload(SurveySheet.wave))
    return db.session.scalars(rows.order_by(SurveySheet.published_at.desc()).limit(limit)).all()


def behind(commitment: Commitment) -> Sequence[SurveySheet]:
    """The published sheets that a commitment answers."""
    rows = select(SurveySheet).join(Tie, Tie.sheet_id == SurveySheet.id)
    rows = rows.where(Tie.commitment_id == commitment.id, SurveySheet.state == State.PUBLISHED)
    rows = rows.options(joinedload(SurveySheet.wave))
    return db.session.scalars(rows.order_by(SurveySheet.published_at.desc())).all()
