"""What the clock forgets, and how it goes on when one date is held by somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.kinds import CompanionRole, Need, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import actions, commands, queries
from engage.intake import queries as intake
from engage.intake.actions import code_of
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make
from tests.events.signing.people import signed


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
