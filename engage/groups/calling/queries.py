"""Calls: which are open, which the team writes, and what they ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from flask import abort
from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.groups.calling.models import Application, ApplicationState, Call, CallQuestion, CallState
from engage.groups.models import Group

SHOWN_AFTER = timedelta(days=60)
MOST = 100


def _opened() -> ColumnElement[bool]:
    ended = select(Group.id).where(Group.id == Call.group_id, Group.closed_at.is_not(None)).exists()
    return and_(Call.state == CallState.PUBLISHED, Call.closes_on >= centre_today(), ~ended)


def is_open(call: Call) -> bool:
    """One may apply today: the call runs, and its group too."""
    runs = call.state is CallState.PUBLISHED and not (call.group and call.group.is_closed)
    return runs and bool(call.closes_on and call.closes_on >= centre_today())


def open_calls() -> Sequence[Call]:
    """What one may apply to today, the first to close first."""
    rows = select(Call).where(_opened()).options(joinedload(Call.group))
    return db.session.scalars(rows.order_by(Call.closes_on, Call.id).limit(MOST)).all()


def over_calls() -> Sequence[Call]:
    """Those that closed lately, the last one first."""
    since = centre_today() - SHOWN_AFTER
    over = select(Call).where(Call.state != CallState.DRAFT, ~_opened(), Call.closes_on >= since)
    rows = over.options(joinedload(Call.group)).order_by(Call.closes_on.desc(), Call.id.desc())
    return db.session.scalars(rows.limit(MOST)).all()


def get(me: Account | None, code: str) -> Call:
    """The call with this code, unless it is a draft and I do not steer. Aborts with 404."""
    rows = select(Call).where(Call.code == code).options(joinedload(Call.group))
    call = db.session.scalars(rows).one_or_none()
    if call is None or (call.state is CallState.DRAFT and not (me and me.is_coordinator)):
        abort(404)
    return call


def questions(call: Call) -> list[str]:
    """What it asks, in order: three at most."""
    rows = select(CallQuestion.text).where(CallQuestion.call_id == call.id)
    return list(db.session.scalars(rows.order_by(CallQuestion.position)))


class Line(NamedTuple):
    """One call at the desk: how many applied, and how many of them wait for an answer."""

    call: Call
    applied: int
    waiting: int


def everything() -> list[Line]:
    """Every call, those that somebody waits for first, then the newest."""
    counted = (
        select(
            Application.call_id,
            func.count().filter(Application.state != ApplicationState.WITHDRAWN).label("applied"),
            func.count().filter(Application.state == ApplicationState.RECEIVED).label("waiting"),
        )
        .group_by(Application.call_id)
        .subquery()
    )
    applied, waiting = func.coalesce(counted.c.applied, 0), func.coalesce(counted.c.waiting, 0)
    rows = select(Call, applied, waiting).outerjoin(counted, counted.c.call_id == Call.id)
    rows = rows.options(joinedload(Call.group))
    found = db.session.execute(rows.order_by((waiting > 0).desc(), Call.id.desc()).limit(MOST))
    return [Line(call, applied, waiting) for call, applied, waiting in found]


def groups() -> Sequence[Group]:
    """Groups that somebody may be looked for, by name."""
    return db.session.scalars(select(Group).where(Group.closed_at.is_(None)).order_by(Group.name)).all()
