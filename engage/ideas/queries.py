"""Which ideas there are to see, and for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from flask import abort
from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, Row, Select, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.commitments.models import Commitment
from engage.core import fulltext, keys
from engage.core.db import db
from engage.core.words import terms
from engage.ideas.models import (
    CIRCLE,
    Idea,
    IdeaCommitment,
    Merge,
    Progress,
    Publication,
    Support,
    short_title,
)
from engage.intake.models import Door

SENT_HERE = (Door.WEB, Door.KIOSK)
A_PAGE = 20
ALIKE = 56  # of 100: from here on two ideas are worth showing side by side
CANDIDATES = 12
CODE = re.compile(r"[0-9a-z]{1,20}", re.ASCII)
KEY = re.compile(r"[\w-]{16,64}", re.ASCII)
# What a line of a list shows: enough of the text for a title, and no column that must be decrypted.
LINE = (
    Idea.code, Idea.title, func.substr(Idea.text, 1, 240).label("text"), Idea.theme_id, Idea.progress,
    Idea.support_count, Idea.published_at, Idea.received_at,
)  # fmt: skip


WITH = (joinedload(Idea.photo), joinedload(Idea.theme), joinedload(Idea.merged_into))


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


class Line(NamedTuple):
    """One idea of a list."""

    code: str
    title: str
    theme_id: int | None
    progress: Progress
    support_count: int
    published_at: Any


def _line(row: Row[Any]) -> Line:
    title = short_title(row.title, row.text)
    return Line(
        row.code, title, row.theme_id, row.progress, row.support_count, row.published_at or row.received_at
    )


def by_submission(key: str) -> Idea | None:
    """The idea that this form already became."""
    return db.session.scalars(select(Idea).filter_by(submission_key=key)).one_or_none()


def sent(key: str) -> Idea | None:
    """The idea that its author sent with this form; the key of a form that the team filled opens nothing."""
    if not KEY.fullmatch(key):
        return None
    mine = select(Idea).where(Idea.submission_key == key, Idea.door.in_(SENT_HERE))
    return db.session.scalars(mine).one_or_none()


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
    return Leaf(tuple(map(_line, found)), found[0].total if found else 0)


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


def similar(text: str, limit: int = 3) -> list[Line]:
    """Public ideas that may say the same, the nearest first, whatever accents and endings."""
    mine = terms(text)
    scored = [
        (fuzz.token_set_ratio(mine, theirs), ref)
        for ref, theirs in fulltext.nearest("idea", text, CANDIDATES)
    ]
    codes = [ref for score, ref in sorted(scored, reverse=True) if score >= ALIKE][:limit]
    if not codes:
        return []
    rows = db.session.execute(
        select(*LINE).where(Idea.publication == Publication.PUBLIC, Idea.code.in_(codes))
    )
    return sorted(map(_line, rows), key=lambda line: codes.index(line.code))


def get(code: str, person: Account | None, *, followed: bool) -> Idea:
    """The idea of this address, for who may read it, or `followed` it by its code. Aborts with 404."""
    idea = _by_code(code)
    if idea is None or not (followed or may_read(person, idea)):
        abort(404)
    return idea


def own(code: str, person: Account | None, *, followed: bool) -> Idea:
    """The idea of this address, for who sent it. Aborts with 404."""
    idea = _by_code(code)
    if idea is None or not (followed or (person is not None and idea.account_id == person.id)):
        abort(404)
    return idea


def _by_code(code: str) -> Idea | None:
    if not CODE.fullmatch(code):
        return None
    rows = select(Idea).filter_by(code=code).options(*WITH)
    return db.session.scalars(rows).one_or_none()


def may_read(person: Account | None, idea: Idea) -> bool:
    """Everybody reads what is public; who sent it, and the team, read all."""
    if idea.is_public or (person is not None and (person.is_staff or idea.account_id == person.id)):
        return True
    return _was_public(idea) and idea.merged_into is not None and idea.merged_into.is_public


def _was_public(idea: Idea) -> bool:
    """Whether everybody could read it before it joined another one."""
    if idea.publication is not Publication.MERGED:
        return False
    now_merged = select(Merge.publication_before).where(Merge.source_id == idea.id, Merge.undone_at.is_(None))
    return db.session.scalars(now_merged.order_by(Merge.id.desc()).limit(1)).first() is Publication.PUBLIC


def commitments_of(idea: Idea) -> Sequence[Commitment]:
    """What the centre promised because of this idea."""
    rows = select(Commitment).join(IdeaCommitment).where(IdeaCommitment.idea_id == idea.id)
    return db.session.scalars(rows.order_by(Commitment.due_on)).all()


def supports(idea: Idea, person: Account | None, device: str) -> bool:
    """Whether this person, or this device, supports the idea."""
    mine = select(Support.id).where(Support.idea_id == idea.id)
    if person is not None:
        mine = mine.where(Support.account_id == person.id)
    elif device:
        mine = mine.where(Support.device_digest == keys.digest("device", device))
    else:
        return False
    return db.session.scalars(mine.limit(1)).first() is not None
