"""Nothing ties a ballot to who gave it: neither a row, nor its order, nor the transaction that wrote it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, text

from engage.accounts.models import Account
from engage.core.db import Model, db
from engage.groups.deciding import actions, queries
from engage.groups.deciding.models import Ballot, BallotTicket, Decision
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests.groups.deciding import voting

SCORES = [{"0": place % 6, "1": (place * 2) % 6, "2": (place * 5 + 1) % 6} for place in range(7)]


def lying(engine: str, columns: str, table: str) -> list[Any]:
    """The rows of a table in the order in which they lie in the file."""
    place = "rowid" if engine == "sqlite" else "ctid"
    return [row[0] for row in db.session.execute(text(f"SELECT {columns} FROM {table} ORDER BY {place}"))]


def test_tables_hold_neither_person_nor_time() -> None:
    assert {one.name for one in inspect(Ballot).columns} == {"id", "decision_id", "scores"}
    assert {one.name for one in inspect(BallotTicket).columns} == {"decision_id", "membership_id"}
    tables = Model.metadata.tables.values()
    assert [
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname.startswith("ballot")
    ] == []


def cast(app: Flask) -> tuple[str, list[list[str]]]:
    """Each gives a ballot in a transaction of its own, as requests do; the ids there were after each."""
    with app.app_context():
        group = voting.group()
        people = [person.id for person in voting.members(group, len(SCORES))]
        code = voting.ask(group, db.session.get_one(Account, people[0])).code
        db.session.commit()
    ids = []
    for key, scores in zip(reversed(people), SCORES, strict=True):
        with app.app_context():
            decision = db.session.scalars(select(Decision).filter_by(code=code)).one()
            actions.vote(decision, scores=scores, by=db.session.get_one(Account, key))
            db.session.commit()
            ids.append(sorted(map(str, db.session.scalars(select(Ballot.id)))))
    return code, ids


def test_rows_lie_by_random_ids_and_by_member_not_by_arrival(app: Flask, engine_name: str) -> None:
    _code, ids = cast(app)
    assert [len(some) for some in ids] == list(range(1, len(SCORES) + 1))
    # Every vote gives all ballots new ids: none that was seen before tells what came later.
    assert len(set().union(*map(set, ids))) == sum(map(len, ids))
    with app.app_context():
        ballots = [str(one).replace("-", "") for one in lying(engine_name, "id", "ballot")]
        assert ballots == sorted(ballots)
        tickets = lying(engine_name, "membership_id", "ballot_ticket")
        assert tickets == sorted(tickets)  # they voted the other way round
        if engine_name == "postgresql":
            assert len(set(lying(engine_name, "xmin::text", "ballot"))) == 1
            assert len(set(lying(engine_name, "xmin::text", "ballot_ticket"))) == 1


def test_the_box_holds_what_was_given_in_an_order_that_says_nothing(app: Flask) -> None:
    """Whoever came last stands in each place of the box sooner or later."""
    with app.app_context():
        group = voting.group()
        people = voting.members(group, 3)
        places = set()
        for _round in range(40):
            decision = voting.ask(group, people[0])
            for person, scores in zip(people, SCORES[1:4], strict=True):
                actions.vote(decision, scores=scores, by=person)
            box = queries.box(decision)
            assert sorted(map(str, box)) == sorted(map(str, SCORES[1:4]))
            places.add(box.index(SCORES[3]))
        assert places == {0, 1, 2}


def test_a_vote_leaves_no_other_trace(app: Flask) -> None:
    """The decision keeps its version, nothing is told, nothing is noted down."""
    with app.app_context():
        before = [db.session.scalar(select(func.count()).select_from(one)) for one in (Entry, Message)]
    code, _ids = cast(app)
    with app.app_context():
        decision = db.session.scalars(select(Decision).filter_by(code=code)).one()
        assert (decision.version, decision.counts) == (1, {})
        assert [
            db.session.scalar(select(func.count()).select_from(one)) for one in (Entry, Message)
        ] == before


def test_after_the_count_neither_ballot_nor_ticket_is_left(app: Flask) -> None:
    code, _ids = cast(app)
    with app.app_context():
        decision = db.session.scalars(select(Decision).filter_by(code=code)).one()
        voting.close(decision, db.session.scalars(select(Account)).first() or pytest.fail("nobody"))
        db.session.commit()
        for model in (Ballot, BallotTicket):
            assert db.session.scalar(select(func.count()).select_from(model)) == 0
        assert decision.counts["ballots"] == len(SCORES)
        assert decision.counts["sums"]["1"] == sum(one["1"] for one in SCORES)
