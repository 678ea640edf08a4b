"""Who was told, by whom and when; each look at a contact, each print and mended mistake is in the journal."""

from __future__ import annotations

import pytest
from flask import Flask

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.core.errors import Refused
from engage.journal.models import Entry
from engage.outbox.models import Channel, Message, State
from engage.outreach import actions, queries
from tests import make
from tests.outreach.conftest import Waiter, states


@pytest.fixture
def chloe_row(app: Flask) -> int:
    with app.app_context():
        account = make.account("Chloé", Role.COORDINATOR, last_name="Martin")
        db.session.commit()
        return account.id


def by(account_id: int) -> Account:
    return db.session.get_one(Account, account_id)


def journal() -> list[tuple[str, str, str]]:
    return [
        (entry.verb, entry.subject_ref, entry.note) for entry in db.session.query(Entry).order_by(Entry.id)
    ]


def test_told_once_whoever_clicks_again(app: Flask, waiting: Waiter, chloe_row: int, idea_code: str) -> None:
    code = waiting(about=("idea", idea_code))
    with app.app_context():
        assert len(actions.tell([code], by=by(chloe_row))) == 1
        db.session.commit()
        other = make.account("Paul", Role.STAFF)
        assert actions.tell([code], by=other) == []
        db.session.commit()
        message = queries.by_code(code)
        assert (message.state, message.told_by_name) == (State.TOLD, "Chloé Martin")
        assert message.told_at is not None
        assert journal() == [("message told", code, f"idea {idea_code}")]


@pytest.mark.parametrize(
    ("channel", "state"),
    [
        (Channel.PHONE, State.WAITING),
        (Channel.RECEPTION, State.WAITING),
        (Channel.LETTER, State.WAITING),
        (Channel.MAIL, State.REFUSED),
        (Channel.MAIL, State.UNCERTAIN),
    ],
)
def test_mistake_is_mended(
    app: Flask, waiting: Waiter, chloe_row: int, channel: Channel, state: State
) -> None:
    code = waiting(channel, state)
    with app.app_context():
        actions.tell([code], by=by(chloe_row))
        db.session.commit()
        for _twice in range(2):
            actions.untell(queries.by_code(code), by=by(chloe_row))
            db.session.commit()
        message = queries.by_code(code)
        assert (message.state, message.told_at, message.told_by_name) == (state, None, "")
        assert [verb for verb, *_ in journal()] == ["message told", "message untold"]


@pytest.mark.parametrize("state", [State.WAITING, State.SENDING, State.SENT, State.STOPPED])
def test_mail_on_its_way_cannot_be_noted_as_told(
    app: Flask, waiting: Waiter, chloe_row: int, state: State
) -> None:
    code = waiting(Channel.MAIL, state)
    with app.app_context():
        assert actions.tell([code, "nothing"], by=by(chloe_row)) == []
        db.session.commit()
    assert states(app) == [state]


@pytest.mark.parametrize("state", [State.REFUSED, State.UNCERTAIN])
def test_failed_mail_leaves_again_as_the_same_mail(
    app: Flask, waiting: Waiter, chloe_row: int, state: State
) -> None:
    code = waiting(Channel.MAIL, state)
    with app.app_context():
        before = queries.by_code(code).message_id
        actions.send_again(queries.by_code(code), by=by(chloe_row))
        db.session.commit()
        message = queries.by_code(code)
        assert (message.state, message.attempts, message.message_id) == (State.WAITING, 0, before)
        with pytest.raises(Refused, match="déjà"):
            actions.send_again(message, by=by(chloe_row))


def test_call_is_no_mail_to_send(app: Flask, waiting: Waiter, chloe_row: int) -> None:
    code = waiting(Channel.PHONE)
    with app.app_context(), pytest.raises(Refused):
        actions.send_again(queries.by_code(code), by=by(chloe_row))


def test_each_look_is_noted_without_a_word_of_the_contact(
    app: Flask, waiting: Waiter, chloe_row: int
) -> None:
    code = waiting(about=("idea", "abc"))
    with app.app_context():
        actions.reveal(queries.get(code), by=by(chloe_row))
        db.session.commit()
        assert journal() == [("contact viewed", code, "idea abc")]


def test_nothing_is_shown_once_somebody_told(app: Flask, waiting: Waiter, chloe_row: int) -> None:
    code = waiting(state=State.TOLD)
    with app.app_context():
        with pytest.raises(Refused, match="prévenir"):
            actions.reveal(queries.get(code), by=by(chloe_row))
        assert journal() == []


def test_each_print_names_what_left(app: Flask, waiting: Waiter, chloe_row: int) -> None:
    codes = [waiting(), waiting(Channel.LETTER)]
    with app.app_context():
        actions.print_list(queries.readers(), by=by(chloe_row))
        db.session.commit()
        assert journal() == [("call list printed", "", " ".join(codes))]
        assert db.session.query(Message).filter_by(state=State.WAITING).count() == 2
