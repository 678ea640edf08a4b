"""Somebody steals the database's own files, knows a ticket and saw who came when: they learn nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from engage.accounts.models import Account
from engage.core.db import db
from engage.surveys.answering import actions, commands, queries
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Pending, Ticket, Verbatim, Wave
from engage.surveys.results.verbatims.models import Reading, Tag
from tests.surveys.answering.conftest import Asked

PEOPLE = 40
ANSWERS = ("survey_response", "survey_answer", "survey_verbatim")
PAGE_BYTES = 4096
SPOKEN = re.compile(rb"Personne (\d\d) a parl")


def stolen() -> bytes:
    """Every byte of the database that could hold an answer, in the order it lies on the disk."""
    if db.engine.dialect.name == "sqlite":
        file = Path(str(db.engine.url.database))
        parts = [file, *(file.with_name(file.name + end) for end in ("-wal", "-journal"))]
        return b"".join(part.read_bytes() for part in parts if part.exists())
    db.session.execute(text("CHECKPOINT"))
    folder = Path(db.session.execute(text("SHOW data_directory")).scalar_one())
    place = text("SELECT pg_relation_filepath(CAST(:name AS regclass))")
    files = [db.session.scalars(place, {"name": name}).one() for name in commands.TOUCHED]
    db.session.commit()
    return b"".join((folder / file).read_bytes() for file in files)


@pytest.fixture
def crowd(wave: Wave, asked: Asked, chloe_row: Account) -> list[str]:
    """Forty people answer one after the other, each with a ticket we know; their tickets in that order."""
    tickets = actions.hand_out(wave, PEOPLE, by=chloe_row)
    db.session.commit()
    for number, code in enumerate(tickets):
        given = asked.given(number % 3, f"Personne {number:02} a parlé")
        key = f"{number:032}"
        actions.send(wave, given, channel=ChannelKind.SLIPS, submission_key=key, ticket=code)
        db.session.commit()
    return tickets


def test_waiting_answers_are_encrypted(crowd: list[str]) -> None:
    assert len(crowd) == PEOPLE
    assert SPOKEN.search(stolen()) is None


def test_nothing_of_what_waited_is_left_in_the_files(crowd: list[str]) -> None:
    waited = db.session.scalars(select(Pending.submission_key)).all()
    sealed = db.session.scalars(text("SELECT content FROM survey_pending")).all()
    db.session.commit()
    assert all(content.encode() in stolen() for content in sealed)
    assert commands.settle() == PEOPLE
    taken = stolen()
    for content in sealed:
        assert content.encode()[60:120] not in taken
    for key in waited:
        assert key.encode() not in taken
    for code in crowd:
        assert code.encode() not in taken


def test_answers_lie_in_an_order_that_says_nothing_of_arrival(crowd: list[str]) -> None:
    assert commands.settle() == PEOPLE
    by_key = [body for _key, body in sorted(db.session.execute(select(Verbatim.id, Verbatim.body)).all())]
    db.session.commit()
    seen = [(found.start() // PAGE_BYTES, int(found[1])) for found in SPOKEN.finditer(stolen())]
    assert sorted(number for _page, number in seen) == list(range(PEOPLE))
    neighbours = sum(abs(one[1] - other[1]) == 1 for one, other in pairwise(seen))
    assert neighbours < PEOPLE / 4, "people who came one after the other lie side by side"
    if db.engine.dialect.name == "sqlite":
        place = {int(body[9:11]): rank for rank, body in enumerate(by_key)}
        for _page, cells in groupby(seen, key=itemgetter(0)):
            ranks = [place[number] for _page, number in cells]
            assert ranks == sorted(ranks, reverse=True), (
                "only the random key orders a page, filled from its end"
            )


def test_no_row_bears_a_mark_of_its_own(crowd: list[str]) -> None:
    """SQLite may not number these rows; PostgreSQL marks all of them with one transaction."""
    assert commands.settle() == len(crowd)
    if db.engine.dialect.name == "sqlite":
        for table in ANSWERS:
            with pytest.raises(DBAPIError, match="rowid"):
                db.session.execute(text(f"SELECT rowid FROM {table}"))
        return
    marks: set[str] = set()
    for table in ANSWERS:
        marks.update(db.session.scalars(text(f"SELECT xmin::text FROM {table}")))
    assert len(marks) == 1
    assert marks.isdisjoint(db.session.scalars(text("SELECT xmin::text FROM survey_ticket")))


def test_a_ticket_only_says_that_it_was_spent(crowd: list[str], wave: Wave) -> None:
    commands.settle()
    db.session.add(wave)
    held = db.session.scalars(select(Ticket)).all()
    assert {ticket.is_spent for ticket in held} == {True}
    assert set(Ticket.__table__.columns.keys()) == {"digest", "wave_id", "is_spent"}
    assert queries.waiting(wave) == []


def test_what_was_made_of_words_is_erased_with_them(crowd: list[str], wave: Wave, time_machine: Any) -> None:
    """Where a name stood in somebody's words, and what they were about, is left nowhere."""
    code, ends, last = wave.code, wave.closes_at, wave.retained_until
    time_machine.move_to(ends + 2 * queries.GRACE)
    assert commands.settle() == len(crowd)
    words = db.session.scalars(select(Verbatim.id).limit(1)).one()
    db.session.add(Reading(verbatim_id=words, masked=["un-nom-cache"]))
    db.session.add(Tag(verbatim_id=words, code="un-theme-cache"))
    db.session.commit()
    assert b"un-theme-cache" in stolen()
    time_machine.move_to(datetime.combine(last, time(12), UTC))
    assert commands.erase() == 1
    taken = stolen()
    for trace in (b"un-nom-cache", b"un-theme-cache", b"Personne"):
        assert trace not in taken
    assert queries.wave_by_code(code).erased_at
