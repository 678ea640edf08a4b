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

TEAM = ("Chloé", "Rose", "Zoé")


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


def _begin(first_name: str) -> Callable[[], None]:
    def deed() -> None:
        by = db.session.scalars(select(Account).filter_by(first_name=first_name)).one()
        version = db.session.scalars(select(PageVersion)).one()
        actions.begin(version, body=Body.SHORT, group=None, closes_on=centre_today(), by=by)

    return deed


def test_one_round_opens_and_nobody_answers_after_it_is_closed(app: Flask) -> None:
    with app.app_context():
        by, *_others = [make.account(name, Role.COORDINATOR) for name in TEAM]
        pages.freeze(sample.draft(by=by), by=by)
        db.session.commit()
    opened = _together(app, [_begin(name) for name in TEAM for _click in range(2)])
    assert opened.count("") == 2  # both clicks of one person
    with app.app_context():
        round_ = db.session.scalars(select(ReadingRound)).one()
        by = db.session.get_one(Account, round_.opened_by_id)
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
        round_ = queries.get(code)
        actions.close(round_, by=db.session.get_one(Account, round_.opened_by_id))

    refused = _together(app, [*(read(who) for who in readers), *(read(who) for who in readers), close])
    assert refused[-1] == ""
    with app.app_context():
        done = db.session.scalars(select(RoundReader).where(RoundReader.finished_at.is_not(None))).all()
        assert len(db.session.scalars(select(LineMark)).all()) == 2 * len(done)
        assert {one.kind for one in done} <= {ReaderKind.OLDER}
