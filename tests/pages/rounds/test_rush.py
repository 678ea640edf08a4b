"""Readers answer while the team closes; two of the team open a round at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.errors import Refused
from engage.pages import actions as pages
from engage.pages.models import Body, PageVersion
from engage.pages.rounds import actions, queries
from engage.pages.rounds.models import LineMark, ReaderKind, ReadingRound, RoundReader, Understanding
from tests import make
from tests.pages.writing import sample


def _together(app: Flask, deeds: list[Callable[[], object]]) -> list[str]:
    """What each was refused, "" for a deed that was done."""

    def alone(deed: Callable[[], object]) -> str:
        with app.app_context():
            try:
                deed()
                db.session.commit()
            except Refused as refusal:
                db.session.rollback()
                return refusal.message
            return ""

    with ThreadPoolExecutor(len(deeds)) as crowd:
        return [done.result() for done in [crowd.submit(alone, deed) for deed in deeds]]


def _begin() -> None:
    by, version = db.session.scalars(select(Account)).one(), db.session.scalars(select(PageVersion)).one()
    actions.begin(version, body=Body.SHORT, group=None, closes_on=centre_today(), by=by)


def test_one_round_opens_and_nobody_answers_after_it_is_closed(app: Flask) -> None:
    with app.app_context():
        by = make.account("Chloé", Role.COORDINATOR)
        pages.freeze(sample.draft(by=by), by=by)
        db.session.commit()
    assert _together(app, [_begin] * 3).count("") == 1
    with app.app_context():
        round_ = db.session.scalars(select(ReadingRound)).one()
        by = db.session.scalars(select(Account)).one()
        readers = [actions.invite(round_, name="", by=by).code for _number in range(4)]
        db.session.commit()
        code = round_.code

    def read(who: str) -> Callable[[], None]:
        def deed() -> None:
            reader = queries.reader(who)
            actions.introduce(reader, kind=ReaderKind.OLDER)
            for line in queries.lines(reader.round):
                actions.mark(reader, line.number, mark=Understanding.YES, remark="")
            actions.finish(reader, overall="")

        return deed

    def close() -> None:
        actions.close(queries.get(code), by=db.session.scalars(select(Account)).one())

    refused = _together(app, [*(read(who) for who in readers), *(read(who) for who in readers), close])
    assert refused[-1] == ""
    with app.app_context():
        done = db.session.scalars(select(RoundReader).where(RoundReader.finished_at.is_not(None))).all()
        assert len(db.session.scalars(select(LineMark)).all()) == 2 * len(done)
        assert {one.kind for one in done} <= {ReaderKind.OLDER}
