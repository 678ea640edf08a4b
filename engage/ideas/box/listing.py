"""The list of public ideas: what is asked for, in which order, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all

from engage.core import fulltext, keys
from engage.core.db import db
from engage.ideas.models import CIRCLE, Idea, Progress, Publication
from engage.ideas.queries import LINE, Line, line

A_PAGE = 20


class Order(StrEnum):
    """How a list is sorted; the fair one starts at another place of the circle each day."""

    FAIR = "juste"
    NEWEST = "recentes"
    SUPPORTED = "soutenues"


class Wanted(NamedTuple):
    """What a reader asks the list for."""

    words: str = ""
    theme_id: int | None = None
    progress: Progress | None = None
    order: Order = Order.FAIR


def _public(wanted: Wanted) -> list[ColumnElement[bool]]:
    where = [Idea.publication == Publication.PUBLIC]
    if wanted.theme_id is not None:
        where.append(Idea.theme_id == wanted.theme_id)
    if wanted.progress is not None:
        where.append(Idea.progress == wanted.progress)
    if wanted.words.strip():
        where.append(Idea.code.in_(fulltext.matching("idea", wanted.words)))
    return where


def start_of(day: date) -> int:
    """The place of the circle where the fair order of `day` begins."""
    return int(keys.digest("fair order", day.isoformat())[:12], 16) % CIRCLE


class Leaf(NamedTuple):
    """One page of a list, and how many ideas the whole list has."""

    lines: tuple[Line, ...]
    total: int


def page(wanted: Wanted, number: int, today: date) -> Leaf:
    """The page `number` (from 1) and the total, in one query that reads through an index in its order."""
    total = select(func.count()).select_from(Idea).where(*_public(wanted)).scalar_subquery().label("total")
    rows = select(*LINE, total).where(*_public(wanted))
    skip = (number - 1) * A_PAGE
    if wanted.order is Order.NEWEST:
        rows = rows.order_by(Idea.published_at.desc(), Idea.id.desc())
    elif wanted.order is Order.SUPPORTED:
        rows = rows.order_by(Idea.support_count.desc(), Idea.id.desc())
    else:
        rows = _from(start_of(today), rows, skip + A_PAGE)
    found = db.session.execute(rows.offset(skip).limit(A_PAGE)).all()
    return Leaf(tuple(map(line, found)), found[0].total if found else 0)


def _from(start: int, rows: Select[Any], most: int) -> Select[Any]:
    """The rows from the place `start` of the circle on, then those before it; each half stops at `most`."""
    halves = [
        rows.add_columns(literal(turn).label("turn"), Idea.shuffle, Idea.id)
        .where(half)
        .order_by(Idea.shuffle, Idea.id)
        .limit(most)
        .subquery()
        for turn, half in enumerate((Idea.shuffle >= start, Idea.shuffle < start))
    ]
    both = union_all(*map(select, halves)).subquery()
    return select(both).order_by(both.c.turn, both.c.shuffle, both.c.id)


def newest(limit: int) -> Sequence[Any]:
    """The latest public ideas, with their words and when they were published."""
    rows = select(Idea.code, Idea.title, Idea.text, Idea.published_at).where(
        Idea.publication == Publication.PUBLIC
    )
    return db.session.execute(rows.order_by(Idea.published_at.desc(), Idea.id.desc()).limit(limit)).all()
