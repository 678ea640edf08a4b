"""Rows of answers that nobody can tell apart by when they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete

from engage.core import traces
from engage.core.clock import now
from engage.core.db import db
from engage.surveys.answering.given import Given
from engage.surveys.answering.kinds import Anonymity, Answered
from engage.surveys.answering.models import Answer, Response, Sheet, Verbatim, Wave

# Parents first: which rows of each table are those of a wave.
ANSWERS = {
    "survey_response": "wave_id = :wave",
    "survey_answer": "response_id IN (SELECT id FROM survey_response WHERE wave_id = :wave)",
    "survey_verbatim": "wave_id = :wave",
}


def mix_all(wave: Wave) -> None:
    """The last block mixes with those before it. First entries of sheets that got no second are gone."""
    wave.settled_at = now()
    db.session.execute(delete(Sheet).where(Sheet.wave_id == wave.id, Sheet.waiting.is_not(None)))
    db.session.flush()
    traces.insert_again(ANSWERS, wave=wave.id)


def respond(wave: Wave, answers: Sequence[Given], week: date) -> None:
    """Store one filled questionnaire."""
    response = Response(wave_id=wave.id, version_id=wave.version_id, week=week)
    db.session.add(response)
    db.session.flush()
    for given in answers:
        db.session.add_all(_rows(response, given))
        if given.words and given.state is Answered.ANSWERED:
            db.session.add(_verbatim(wave, response.id, given))


def _rows(response: Response, given: Given) -> list[Answer]:
    """One row a question, or one for each choice taken."""
    return [
        Answer(
            question_id=given.question_id,
            response_id=response.id,
            place=place,
            version_id=response.version_id,
            state=given.state,
            choice_id=choice,
            number=given.number,
            month=given.month,
        )
        for place, choice in enumerate(given.choices or (None,))
    ]


def _verbatim(wave: Wave, response_id: UUID, given: Given) -> Verbatim:
    is_strict = wave.anonymity is Anonymity.STRICT
    return Verbatim(
        wave_id=wave.id,
        version_id=wave.version_id,
        question_id=given.question_id,
        response_id=None if is_strict else response_id,
        body=given.words,
    )
