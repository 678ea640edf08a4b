"""Mails about work: on working mornings, when something waits, and each can be stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.centre.models import ClosingDay
from engage.core.db import db
from engage.desk import actions, commands
from engage.ideas.models import Publication
from engage.outbox.models import Kind, Message
from tests import make
from tests.browser import Visitor

TUESDAY = datetime(2026, 6, 9, 5, 35, tzinfo=UTC)  # 07:35 in Paris
SATURDAY = datetime(2026, 6, 13, 6, 0, tzinfo=UTC)


@pytest.fixture
def tuesday(session: None) -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def chloe_(**values: object) -> Account:
    return make.account("Chloé", Role.COORDINATOR, **values)


def mails() -> list[Message]:
    return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_when_something_waits_each_of_the_team_hears_of_it_once_without_a_word_of_any_idea(
    tuesday: None,
) -> None:
    chloe_()
    make.account("Karim", Role.STAFF)
    make.account("Amina")
    make.idea("Un secret.")
    assert commands.morning() == 2
    assert commands.morning() == 0
    first = mails()[0]
    assert first.kind is Kind.MORNING
    assert "1 chose à faire ce matin" in first.subject
    assert "1 idée à lire" in first.body
    assert "secret" not in first.body
    assert "/courrier/" in first.body


def test_nothing_waits_nothing_leaves(tuesday: None) -> None:
    chloe_()
    assert commands.morning() == 0


@pytest.mark.parametrize("moment", [TUESDAY - timedelta(hours=1), TUESDAY + timedelta(hours=6), SATURDAY])
def test_neither_at_night_nor_in_the_afternoon_nor_on_a_saturday(session: None, moment: datetime) -> None:
    chloe_()
    make.idea()
    with time_machine.travel(moment, tick=False):
        assert commands.morning() == 0


def test_not_on_a_closing_day(tuesday: None) -> None:
    chloe_()
    make.idea()
    db.session.add(ClosingDay(first=date(2026, 6, 8), last=date(2026, 6, 10)))
    assert commands.morning() == 0


def test_who_chose_none_has_no_address_or_is_gone_gets_none(tuesday: None) -> None:
    chloe_(morning_mail=False)
    chloe_(email=None)
    chloe_(ended_at=TUESDAY)
    make.idea()
    assert commands.morning() == 0


def test_each_reads_their_language(tuesday: None) -> None:
    chloe_(language="en")
    make.idea()
    commands.morning()
    assert "thing to do this morning" in mails()[0].subject


def test_an_owner_hears_three_days_before_the_promised_day_once(tuesday: None) -> None:
    owner = chloe_(morning_mail=False)
    for days in (2, 3, 4):
        make.idea(
            f"Dans {days} jours.",
            publication=Publication.PUBLIC,
            owner_id=owner.id,
            due_on=date(2026, 6, 9) + timedelta(days=days),
        )
    make.idea(
        publication=Publication.PUBLIC, owner_id=owner.id, due_on=date(2026, 6, 12), answered_at=TUESDAY
    )
    assert commands.morning() == 2
    assert commands.morning() == 0
    assert {message.kind for message in mails()} == {Kind.WORK}
    assert "vendredi 12 juin 2026" in mails()[1].body


def test_another_day_is_another_reminder(tuesday: None) -> None:
    owner = chloe_(morning_mail=False)
    idea = make.idea(publication=Publication.PUBLIC, owner_id=owner.id, due_on=date(2026, 6, 11))
    commands.morning()
    idea.due_on, idea.reminded_on = date(2026, 6, 12), None
    assert commands.morning() == 1


def test_an_owner_who_chose_none_left_or_has_no_duty_any_more_hears_nothing(tuesday: None) -> None:
    for owner in (
        chloe_(due_mail=False),
        make.account("Amina"),
        chloe_(ended_at=TUESDAY),
        chloe_(email=None),
    ):
        make.idea(publication=Publication.PUBLIC, owner_id=owner.id, due_on=date(2026, 6, 11))
    assert actions.remind(date(2026, 6, 9)) == 0


def test_one_tap_in_a_mail_stops_that_mail_alone_and_the_page_starts_it_again(
    app: Flask, nobody: Visitor, chloe: Visitor
) -> None:
    with time_machine.travel(TUESDAY, tick=False), app.app_context():
        make.idea(publication=Publication.PUBLIC, owner_id=chloe.account_id, due_on=date(2026, 6, 11))
        commands.morning()
        body = next(message.body for message in mails() if message.kind is Kind.MORNING)
        path = body[body.index("/courrier/") :].split()[0]
        assert len(mails()) == 2
    nobody.get(path)
    nobody.post(path, status=200)
    with time_machine.travel(TUESDAY + timedelta(days=1), tick=False), app.app_context():
        make.idea(publication=Publication.PUBLIC, owner_id=chloe.account_id, due_on=date(2026, 6, 12))
        commands.morning()
        assert [message.kind for message in mails()[2:]] == [Kind.WORK]
    chloe.get("/equipe/mes-e-mails")
    assert chloe.page.count("checked") == 1
    chloe.follow(chloe.post("/equipe/mes-e-mails", {"morning_mail": "y", "due_mail": "y"}))
    assert chloe.page.count("checked") == 2
    chloe.follow(chloe.post("/equipe/mes-e-mails", {}))
    assert chloe.page.count("checked") == 0
    with app.app_context():
        assert not chloe.account.morning_mail
