"""What the clock forgets, and how it goes on when one date is held by somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.exc import OperationalError

from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.kinds import CompanionRole, Need, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import actions, commands, queries, telling
from engage.events.signing.models import SignUp, SignUpChange
from engage.intake import queries as intake
from engage.intake.actions import code_of
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make
from tests.events.signing.people import signed, wanted


@pytest.fixture
def date(session: None) -> Occurrence:
    made = make.occurrence(make.event(), capacity=2)
    signed(
        made, needs=[Need.STEP_FREE], needs_words="Un fauteuil", answers=["Oui"],
        companions=[(CompanionRole.CARER, "Jeanne")],
    )  # fmt: skip
    return made


def test_needs_are_forgotten_30_days_after(date: Occurrence) -> None:
    with time_machine.travel(date.ends_at + timedelta(days=29)):
        assert commands.forget_needs() == 0
    with time_machine.travel(date.ends_at + timedelta(days=31)):
        assert commands.forget_needs() == 1
        assert commands.forget_needs() == 0
    amina = queries.guests(date)[0]
    assert (amina.needs, amina.needs_words, amina.name) == ([], None, "Amina")


def test_a_list_is_anonymous_after_six_months_and_still_counts(date: Occurrence) -> None:
    code = code_of(queries.guests(date)[0].submission_key)
    with time_machine.travel(date.ends_at + timedelta(days=180)):
        assert commands.forget_lists() == 0
    with time_machine.travel(date.ends_at + timedelta(days=185)):
        assert commands.forget_lists() == 1
        assert commands.forget_lists() == 0
    amina = queries.guests(date)[0]
    assert (amina.name, amina.contact, amina.answers, amina.person_digest) == (None,) * 4
    assert [one.name for one in amina.companions] == [None]
    assert (amina.party, amina.state, date.taken) == (2, SignUpState.CONFIRMED, 2)
    assert intake.find_follow_up(code) is None
    assert set(db.session.scalars(select(Message.body).filter_by(about_ref=amina.code))) == {""}
    assert db.session.scalars(select(Entry.subject_ref).filter_by(verb="contact erased")).all() == [date.code]


def test_nobody_leaves_while_they_are_told_that_they_are_in(
    app: Flask, date: Occurrence, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a message to somebody who has left, or was forgotten, would be written after the last word."""
    made, _code = actions.sign_up(make.occurrence(date.event), **wanted("Benoît"))
    db.session.commit()
    other = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    leaves = update(SignUp).filter_by(id=made.id).values(state=SignUpState.CANCELLED)
    told = telling.tell

    def meanwhile(*said: Any) -> None:
        with other.connect() as connection:
            is_sqlite = other.dialect.name == "sqlite"
            connection.execute(text("PRAGMA busy_timeout=100" if is_sqlite else "SET lock_timeout='100ms'"))
            with pytest.raises(OperationalError):
                connection.execute(leaves)
        told(*said)

    monkeypatch.setattr(telling, "tell", meanwhile)
    assert commands.tell_newcomers() == 1
    assert commands.tell_newcomers() == 0
    db.session.commit()
    with other.begin() as connection:
        assert connection.execute(leaves).rowcount == 1
    other.dispose()
    assert db.session.scalars(select(Message.key).filter_by(about_ref=made.code)).all()


def test_one_date_that_cannot_be_had_stops_no_other(
    date: Occurrence, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has its turn a minute later."""
    other = make.occurrence(date.event, capacity=1)
    for one in (date, other):
        offered = signed(one, "Benoît")
        offered.state, offered.offered_until, offered.queue = SignUpState.OFFERED, now(), None
        db.session.commit()
    expire = actions.expire_offers

    def is_held(occurrence: Occurrence) -> None:
        if occurrence.id == date.id:
            raise Refused("")
        expire(occurrence)

    monkeypatch.setattr(actions, "expire_offers", is_held)
    assert commands.expire_offers() == 1
    assert [one.id for one in queries.with_lapsed_offers()] == [date.id]


def test_one_who_cannot_be_told_holds_up_nobody(session: None, monkeypatch: pytest.MonkeyPatch) -> None:
    date = make.occurrence(make.event())
    db.session.commit()
    for name in ("Amina", "Paul"):
        actions.sign_up(date, **wanted(name))
    db.session.commit()
    tell = actions.tell_newcomer

    def fails_for_amina(change: SignUpChange) -> None:
        tell(change)
        if change.sign_up.name == "Amina":
            raise ValueError("no words for it")

    monkeypatch.setattr(actions, "tell_newcomer", fails_for_amina)
    assert commands.tell_newcomers() == 1
    assert [message.person for message in db.session.scalars(select(Message))] == ["Paul"]
    monkeypatch.setattr(actions, "tell_newcomer", tell)
    assert commands.tell_newcomers() == 1
    assert {message.person for message in db.session.scalars(select(Message))} == {"Amina", "Paul"}
