"""Whether the promise of an answer is kept: the figures that the public page and the desk show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Float, ScalarSelect, case, cast, extract, func, select

from engage.centre import queries as centre_queries
from engage.core.clock import local, now
from engage.core.db import db
from engage.ideas.models import Idea, Publication

YEAR = timedelta(days=365)
DAY_SECONDS = 86_400
LEFT_OUT = (Publication.WITHDRAWN, Publication.MERGED)


@dataclass(frozen=True)
class Promise:
    """Over 12 months: median days from reception to the first answer the author can see (None: none yet).

    And how many of the `due` ideas were answered in time, unanswered ones counted late.
    """

    median_days: float | None
    in_time: int
    due: int


def promise() -> Promise:
    """One query. Withdrawn, merged and imported ideas are left out of every figure."""
    seconds, in_time, due = db.session.execute(select(_median(), *_shares())).one()
    return Promise(None if seconds is None else float(seconds) / DAY_SECONDS, in_time or 0, due or 0)


def _counted() -> list[ColumnElement[bool]]:
    return [Idea.publication.not_in(LEFT_OUT), Idea.import_digest.is_(None)]


def _seconds(column: Any) -> ColumnElement[float]:
    return cast(extract("epoch", column), Float)


def _median() -> ScalarSelect[Any]:
    """The middle delay in seconds, or the mean of the two in the middle."""
    delay = (_seconds(Idea.answered_at) - _seconds(Idea.received_at)).label("delay")
    ranked = select(
        delay, func.row_number().over(order_by=delay).label("place"), func.count().over().label("total")
    ).where(Idea.answered_at >= now() - YEAR, *_counted())
    rows = ranked.subquery()
    middle = rows.c.place.in_([(rows.c.total + 1) // 2, (rows.c.total + 2) // 2])
    return select(func.avg(rows.c.delay)).where(middle).scalar_subquery()


def _shares() -> tuple[ScalarSelect[Any], ScalarSelect[Any]]:
    """How many ideas were answered by the end of their day, and how many had a day, in the last 12 months.

    The end of a day is read with the zone's present offset: off by an hour at most, across a season.
    """
    today = centre_queries.centre_today()
    offset = local(now(), centre_queries.zone()).utcoffset() or timedelta()
    base = [Idea.due_on < today, Idea.due_on >= today - YEAR, *_counted()]
    end = _seconds(Idea.due_on) + DAY_SECONDS
    kept = case((_seconds(Idea.answered_at) + offset.total_seconds() < end, 1), else_=0)
    return (
        select(func.sum(kept)).where(*base).scalar_subquery(),
        select(func.count()).select_from(Idea).where(*base).scalar_subquery(),
    )
