"""A message is written once, with the change it tells, unless its reader wants no more."""

from __future__ import annotations

import pytest

from engage.core.db import db
from engage.core.i18n import speaking
from engage.outbox import actions, queries
from engage.outbox.models import Channel, Kind, Message, State, Stop, mail_digest
from tests import make
from tests.outbox.conftest import Writer

NEWS = {
    "kind": Kind.NEWS,
    "channel": Channel.MAIL,
    "subject": "S",
    "body": "B",
    "address": "amina@exemple.fr",
}


def again(key: str, **said: object) -> Message | None:
    return actions.write(key=key, **NEWS | said)  # type: ignore[arg-type]


def test_same_key_writes_one_message_and_keeps_the_callers_work(write: Writer) -> None:
    write("news 1")
    idea = make.idea()
    assert again("news 1", subject="Autre") is None
    db.session.commit()
    assert db.session.query(Message).one().subject == "Votre idée avance"
    assert db.session.get(type(idea), idea.id) is not None


def test_message_goes_with_the_transaction_that_wrote_it(session: None) -> None:
    assert again("news 1")
    db.session.rollback()
    assert again("news 1")


def test_words_and_addresses_are_unreadable_at_rest(write: Writer) -> None:
    message = write()
    row = db.session.execute(Message.__table__.select()).one()._mapping
    stored = " ".join(str(row[name]) for name in ("address", "person", "body"))
    raw = db.session.connection().exec_driver_sql("SELECT address, person, body FROM message").one()
    assert "amina@exemple.fr" in stored
    assert not any("amina" in column.lower() or "banc" in column for column in raw)
    assert message.address_digest == mail_digest(" AMINA@exemple.fr ")


def test_subject_stays_on_one_line(write: Writer) -> None:
    assert write(subject="Bonjour\r\nBcc: tous@exemple.fr").subject == "Bonjour Bcc: tous@exemple.fr"


def test_mail_says_how_to_stop_in_the_readers_language(write: Writer) -> None:
    message = write()
    assert "Vous ne voulez plus de ces messages" in message.body
    assert message.body.rstrip().endswith("/courrier/arreter/" + actions.stop_token("news 1"))
    with speaking("en"):
        assert "You no longer want" in write("news 2").body


@pytest.mark.parametrize("kind", [Kind.CODE, Kind.ALERT])
def test_codes_and_alerts_cannot_be_stopped(write: Writer, kind: Kind) -> None:
    message = write(kind=kind)
    assert "/courrier/" not in message.body
    assert message.stop_token_digest is None
    db.session.add(Stop(address_digest=message.address_digest, kind=kind, at=message.created_at))
    db.session.flush()
    assert again("news 2", kind=kind)


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.LETTER, Channel.RECEPTION])
def test_what_a_person_tells_carries_no_link(write: Writer, channel: Channel) -> None:
    message = write(channel=channel, address="06 00 00 00 00")
    assert message.body == "Bonjour Amina,\n\nLe banc est commandé.\n"
    assert message.state is State.WAITING


def test_mail_without_address_is_not_written(session: None) -> None:
    assert again("news 1", address=None) is None
    assert again("news 1", address="  ") is None
    assert again("news 1", address=None, channel=Channel.RECEPTION)


def test_stop_holds_for_this_kind_at_this_address(write: Writer) -> None:
    message = write()
    actions.stop(message)
    actions.stop(message)
    db.session.commit()
    assert again("news 2", address=" Amina@Exemple.FR") is None
    assert again("news 3", kind=Kind.CONFIRMATION)
    assert again("news 4", address="benoit@exemple.fr")
    actions.resume(message)
    assert again("news 5")


def test_forgetting_a_thing_empties_its_messages_and_stops_them(write: Writer) -> None:
    sent = write("1", about=("idea", "abc"))
    sent.state = State.SENT
    call = write("2", about=("idea", "abc"), channel=Channel.PHONE, address="06 00 00 00 00")
    other = write("3", about=("idea", "xyz"))
    actions.forget(("idea", "abc"))
    db.session.commit()
    assert [(m.address, m.person, m.subject, m.body) for m in (sent, call)] == [(None, None, "", "")] * 2
    assert (sent.state, call.state, other.state) == (State.SENT, State.STOPPED, State.WAITING)
    assert other.address == "amina@exemple.fr"
    assert again("2", about=("idea", "abc")) is None
    assert queries.by_stop_token(actions.stop_token("1")).id == sent.id


def test_forgetting_a_reader_leaves_others_told(write: Writer) -> None:
    about = ("idea", "abc")
    mine, other = write("1", about=about), write("2", about=about, address="benoit@exemple.fr")
    call = write("3", about=about, channel=Channel.PHONE, address="06 00 00 00 00")
    spoken = write("4", about=about, channel=Channel.RECEPTION, address=None, whom="account 7")
    elsewhere = write("5", about=("idea", "xyz"))
    actions.forget_reader(["Amina@exemple.fr ", "06 00 00 00 00", None], about=about)
    db.session.commit()
    assert [m.state for m in (mine, call, spoken)] == [State.STOPPED] * 3
    assert [(m.address, m.person, m.body) for m in (mine, call, spoken)] == [(None, None, "")] * 3
    assert [m.state for m in (other, elsewhere)] == [State.WAITING] * 2
    actions.forget_reader([elsewhere.address])
    db.session.commit()
    assert (elsewhere.state, elsewhere.address_digest, mine.address_digest) == (State.STOPPED, None, None)
    assert other.address == "benoit@exemple.fr"
