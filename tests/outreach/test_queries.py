"""Everyone the team has to tell, once, by channel, the oldest first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.desk.queries import counts
from engage.ideas.timeline import actions as timeline
from engage.intake.models import Reply
from engage.outbox.models import Channel, Kind, Message, State
from engage.outreach import queries
from tests import make
from tests.outreach.conftest import Waiter


def test_each_person_stands_once_a_channel(app: Flask, waiting: Waiter) -> None:
    for channel in Channel:
        waiting(channel)
        waiting(channel)
    waiting(Channel.PHONE, address="06 00 00 00 02")
    with app.app_context():
        found = [(reader.channel, reader.name, len(reader.messages)) for reader in queries.readers()]
    assert found == [
        (Channel.PHONE, "Martine", 2),
        (Channel.PHONE, "Martine", 1),
        (Channel.RECEPTION, "Ahmed", 2),
        (Channel.LETTER, "Odette", 2),
        (Channel.MAIL, "Karim", 2),
        (Channel.SMS, "Inès", 2),
    ]


def test_two_people_of_one_name_at_reception_stay_two(app: Flask, waiting: Waiter) -> None:
    for whom in ("account 1", "account 2", "account 2"):
        waiting(Channel.RECEPTION, about=("idea", "a"), whom=whom)
    with app.app_context():
        assert [len(reader.messages) for reader in queries.readers()] == [1, 2]


def test_all_that_is_to_be_said_of_one_idea_stands_together(app: Flask, waiting: Waiter) -> None:
    for ref in ("a", "b", "a", "a", "", ""):
        waiting(about=("idea" if ref else "", ref))
    with app.app_context():
        (reader,) = queries.readers()
        assert [len(topic) for topic in reader.topics] == [3, 1, 1, 1]


def test_who_comes_to_reception_is_known_by_account_else_by_idea(session: None) -> None:
    rose = make.account("Rose")
    for account_id in (rose.id, rose.id, None, None):
        idea = make.idea(reply=Reply.RECEPTION, account_id=account_id, first_name="Rose")
        for number in range(2):
            timeline.tell(idea, subject="Du neuf", body="Le banc arrive.", key=f"{idea.code} {number}")
    assert [len(reader.messages) for reader in queries.readers()] == [4, 2, 2]


def test_the_way_of_the_desk_counts_people_as_the_page_does(app: Flask, waiting: Waiter) -> None:
    for channel in Channel:
        for _twice in range(2):
            waiting(channel, about=("idea", "a"))
    waiting(Channel.RECEPTION, whom="")
    waiting(Channel.RECEPTION, whom="")
    waiting(Channel.MAIL, State.UNCERTAIN, address="lina@exemple.fr")
    waiting(Channel.MAIL, State.UNCERTAIN, kind=Kind.CODE, address="code@exemple.fr")
    waiting(state=State.TOLD, address="06 00 00 00 99")
    with app.app_context():
        found = counts()
        assert found["calls"] == queries.page(1).total == 8
        assert (found["people"], found["mails"]) == (5, 5)


@pytest.mark.parametrize("state", [State.WAITING, State.SENDING, State.SENT, State.STOPPED, State.TOLD])
def test_mail_on_its_way_or_over_is_not_to_tell(app: Flask, waiting: Waiter, state: State) -> None:
    waiting(Channel.MAIL, state)
    with app.app_context():
        assert queries.readers() == []


@pytest.mark.parametrize("state", [State.STOPPED, State.TOLD])
def test_call_that_is_over_is_not_to_tell(app: Flask, waiting: Waiter, state: State) -> None:
    waiting(Channel.PHONE, state)
    with app.app_context():
        assert queries.readers() == []


def test_codes_are_never_shown_to_the_team(app: Flask, waiting: Waiter) -> None:
    waiting(Channel.MAIL, kind=Kind.CODE)
    waiting(Channel.MAIL, State.UNCERTAIN, kind=Kind.CODE)
    with app.app_context():
        assert queries.readers() == []


def test_the_oldest_comes_first(app: Flask, waiting: Waiter) -> None:
    waiting(address="1")
    waiting(address="2")
    with app.app_context():
        db.session.query(Message).filter_by(id=2).update({"created_at": now() - timedelta(days=3)})
        assert [reader.messages[0].id for reader in queries.readers()] == [2, 1]


def test_pages_hold_everyone_once(app: Flask, waiting: Waiter) -> None:
    for number in range(queries.PAGE + 3):
        waiting(address=f"06 00 00 00 {number}")
    with app.app_context():
        first, second, beyond = queries.page(1), queries.page(2), queries.page(99)
        assert (first.total, first.pages, len(first.readers), len(second.readers)) == (28, 2, 25, 3)
        assert (beyond.number, queries.page(-1).number) == (2, 1)
        assert not {reader.code for reader in first.readers} & {reader.code for reader in second.readers}


def test_person_is_found_by_any_of_their_messages(app: Flask, waiting: Waiter) -> None:
    first, second, told = waiting(), waiting(), waiting(state=State.TOLD)
    with app.app_context():
        assert queries.get(second).code == first
        assert queries.get(told).messages == []
        with pytest.raises(NotFound):
            queries.get("nobody")


def test_phone_of_the_account_is_another_way(app: Flask, waiting: Waiter) -> None:
    with app.app_context():
        make.account("Karim", email="karim@exemple.fr", phone="06 11 11 11 11")
        db.session.commit()
    waiting(Channel.MAIL)
    waiting(Channel.PHONE)
    with app.app_context():
        readers = queries.readers()
        digest = readers[1].messages[0].address_digest
        assert queries.phones(readers) == {digest: "06 11 11 11 11"}
        db.session.query(Account).update({"ended_at": now()})
        assert queries.phones(readers) == {}


def test_what_was_told_lately_comes_last_first(app: Flask, waiting: Waiter) -> None:
    for _ in range(3):
        waiting(state=State.TOLD)
    with app.app_context():
        for message, days in zip(db.session.query(Message).order_by(Message.id), (1, 0, 8), strict=True):
            message.told_at = now() - timedelta(days=days, minutes=1)
        assert [reader.messages[0].id for reader in queries.page(1).told] == [2, 1]


def test_list_of_hundreds_takes_few_queries(app: Flask, waiting: Waiter, idea_code: str) -> None:
    for number in range(60):
        waiting(address=f"06 {number}", about=("idea", idea_code))
    with app.app_context():
        readers = queries.readers()
        assert len(queries.ideas(message for reader in readers for message in reader.messages)) == 1
