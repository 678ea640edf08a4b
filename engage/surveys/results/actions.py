"""Releasing what was answered, and crossing one question by another: both are written down for good."""

from __future__ import annotations

import json
from typing import Any, cast

from sqlalchemy import CursorResult, select, update

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.core.clock import local, now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal import actions as journal
from engage.surveys.answering import queries as answering
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.results import counting, queries, releasing, scored
from engage.surveys.results.crosser import Crosser
from engage.surveys.results.disclosure.control import may_release
from engage.surveys.results.models import Crossing, Release


def release(wave: Wave, *, by: Account) -> Release:
    """Count every question now and write down what may be shown of it.

    Raises Refused before the wave is closed and settled, when its answers are erased, and when too few
    answers came since the last release.
    """
    db.session.refresh(wave, with_for_update=True)
    last, count = queries.last(wave), counting.responses(wave)
    _ensure(wave, count, last)
    made, history = _count(wave, count, last.number + 1 if last else 1), queries.history(wave)
    shown, counted = releasing.items(made, history)
    scores = [plain["score"] for _number, plain, _counted in history if plain.get("score")]
    score = scored.score(wave, made.document, shown, scores, made.rules)
    row = Release(wave_id=wave.id, number=made.number, at=now(), responses=count)
    row.shown = {"items": shown, "score": score}
    row.counted = json.dumps({"items": counted, "responses": count})
    db.session.add(row)
    db.session.flush()
    journal.record("released", "wave", wave.code, by=by, note=str(made.number))
    return row


def _count(wave: Wave, responses: int, number: int) -> releasing.Count:
    document = questionnaires.document(wave.version)
    return releasing.Count(
        document=document,
        found=counting.questions(wave, document),
        responses=responses,
        closed=local(wave.closes_at, centre_queries.zone()).date(),
        number=number,
        rules=queries.rules(wave),
        on_paper=any(one.kind is ChannelKind.PAPER for one in answering.channels(wave)),
    )


def _ensure(wave: Wave, count: int, last: Release | None) -> None:
    if wave.settled_at is None:
        raise Refused(_("Results are counted once the survey is over: not before its end and 15 minutes."))
    if wave.erased_at is not None:
        raise Refused(_("The answers of this survey are erased: nothing more can be counted."))
    if not may_release(count, last.responses if last else None, closed=True):
        raise Refused(_("Fewer than 5 answers came since the last results: they cannot be told yet."))


def cross(wave: Wave, question: str, segment: str, *, by: Account) -> Crossing:
    """One question by the answers to another, as the last release allows; asked again, it is the same one.

    Raises Refused when the two cannot be crossed, or when answers came since the last release.
    """
    db.session.refresh(wave, with_for_update=True)
    desk = Crosser.of(wave)
    row = desk.get(question, segment)
    if desk.made:
        note = ", ".join(f"{one.question} × {one.segment}" for one in desk.made)
        journal.record("crossed", "wave", wave.code, by=by, note=note)
    return row


def forget_counts() -> int:
    """Of waves whose answers are erased, wipe the true numbers beside what was shown; how many rows."""
    erased = select(Release.id).join(Wave, Wave.id == Release.wave_id).where(Wave.erased_at.is_not(None))
    gone = 0
    for model, column in ((Crossing, Crossing.release_id), (Release, Release.id)):
        rows = update(model).where(column.in_(erased), model.counted.is_not(None)).values(counted=None)
        done = db.session.execute(rows.execution_options(synchronize_session=False))
        gone += cast("CursorResult[Any]", done).rowcount
    return gone
