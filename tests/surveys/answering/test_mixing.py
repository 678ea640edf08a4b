"""When a wave is over its blocks mix with one another; when its day comes, nothing of them is left."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select, text

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.journal.models import Entry
from engage.outbox.models import Channel as Way
from engage.surveys.answering import actions, commands, queries
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import (
    Answer,
    Pending,
    Response,
    ResultNotice,
    Sheet,
    Ticket,
    Verbatim,
    Wave,
)
from tests.surveys.answering.conftest import Asked
from tests.surveys.answering.test_attacker import ANSWERS, SPOKEN, stolen

BLOCKS, IN_EACH = 8, 5


@pytest.fixture
def blocks(wave: Wave, asked: Asked) -> int:
    """Eight times five people answer, and each five are settled before the next ones come."""
    for number in range(BLOCKS * IN_EACH):
        given = asked.given(number % 3, f"Personne {number:02} a parlé")
        actions.send(wave, given, channel=ChannelKind.LINK, submission_key=f"{number:032}")
        db.session.commit()
        if number % IN_EACH == IN_EACH - 1:
            assert commands.settle() == IN_EACH
            db.session.add(wave)
    return BLOCKS * IN_EACH


def close(wave: Wave) -> None:
    wave.closes_at = now() - queries.GRACE - timedelta(seconds=1)
    db.session.commit()
    commands.settle()
    db.session.add(wave)


def marks() -> set[str]:
    found = {
        mark for table in ANSWERS for mark in db.session.scalars(text(f"SELECT xmin::text FROM {table}"))
    }
    db.session.commit()
    return found


def is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def how_many(kind: type[Any]) -> int:
    return db.session.scalars(select(func.count()).select_from(kind)).one()


def test_blocks_cannot_be_told_apart_once_the_wave_is_over(wave: Wave, blocks: int) -> None:
    if is_postgresql():
        assert len(marks()) == BLOCKS, "else this test would prove nothing"
    close(wave)
    assert (how_many(Response), how_many(Answer), how_many(Verbatim)) == (blocks, 2 * blocks, blocks)
    db.session.commit()
    seen = [int(found[1]) // IN_EACH for found in SPOKEN.finditer(stolen())]
    assert len(seen) == blocks, "the words lie in the files once, and nowhere else"
    side_by_side = sum(one == other for one, other in pairwise(seen))
    assert side_by_side < blocks / 2, "those of one block lie side by side"
    if is_postgresql():
        assert len(marks()) == 1


def test_places_say_nothing_either(wave: Wave, blocks: int) -> None:
    """`ctid` is where a row lies in its file; SQLite has no such place to ask for."""
    close(wave)
    if not is_postgresql():
        return
    rows = db.session.scalars(text("SELECT body FROM survey_verbatim ORDER BY ctid")).all()
    order = [int(body[9:11]) // IN_EACH for body in rows]
    assert order != sorted(order)
    assert sum(one == other for one, other in pairwise(order)) < blocks / 2


def test_a_first_entry_without_a_second_does_not_outlive_the_wave(wave: Wave) -> None:
    db.session.add_all([Sheet(wave_id=wave.id, number=1, waiting="x"), Sheet(wave_id=wave.id, number=2)])
    db.session.commit()
    close(wave)
    assert db.session.scalars(select(Sheet.number)).all() == [2]


def test_answers_are_erased_on_the_promised_day(
    wave: Wave, blocks: int, chloe_row: Account, time_machine: Any
) -> None:
    wave = db.session.merge(wave)
    tickets = actions.hand_out(wave, 3, by=db.session.merge(chloe_row))
    actions.ask_notice(wave, channel=Way.MAIL, contact="amina@exemple.fr")
    db.session.commit()
    close(wave)
    promised: date = wave.retained_until
    time_machine.move_to(f"{promised - timedelta(days=1)}T12:00:00Z")
    assert commands.erase() == 0
    db.session.add(wave)
    time_machine.move_to(f"{promised}T12:00:00Z")
    assert commands.erase() == 1
    assert commands.erase() == 0
    kinds = (Response, Answer, Verbatim, Pending, Ticket, ResultNotice, Sheet)
    assert {kind.__tablename__: how_many(kind) for kind in kinds} == {kind.__tablename__: 0 for kind in kinds}
    verbs = db.session.scalars(select(Entry.verb).filter_by(subject_kind="wave", actor=None)).all()
    db.session.commit()
    assert verbs == ["answers erased"]
    taken = stolen()
    assert SPOKEN.search(taken) is None
    assert queries.ticket_digest(tickets[0]).encode() not in taken


def test_a_wave_that_is_not_settled_is_never_erased(wave: Wave, time_machine: Any) -> None:
    time_machine.move_to(f"{wave.retained_until}T12:00:00Z")
    assert queries.to_erase() == []


def test_notices_go_when_they_were_told(wave: Wave) -> None:
    actions.ask_notice(wave, channel=Way.PHONE, contact="06 12 34 56 78")
    db.session.commit()
    assert [notice.contact for notice in queries.notices(wave)] == ["06 12 34 56 78"]
    assert set(ResultNotice.__table__.columns.keys()) == {"id", "wave_id", "channel", "contact"}
    actions.forget_notices(wave)
    assert queries.notices(wave) == []
