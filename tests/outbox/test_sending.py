"""Mail leaves once, waits when it must, and comes back to people when it cannot arrive."""

from __future__ import annotations

import re
import smtplib
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from engage.core.clock import now
from engage.core.db import db
from engage.core.jobs import stopping
from engage.outbox import actions, commands, post, queries, sending
from engage.outbox.commands import send_due
from engage.outbox.models import Channel, Kind, Message, State
from tests.outbox.conftest import Writer, use
from tests.outbox.server import Desk, free_port

STOP = "http://127.0.0.1:8000/courrier/arreter/"


def test_mail_is_sent_once_and_says_what_it_must(desk: Desk, write: Writer) -> None:
    message = write(body="Bonjour,\n\n.\nL’idée « un banc » — c’est fait.\n" + "long " * 400)
    assert send_due() == 1
    assert send_due() == 0
    (mail,) = desk.got
    assert (message.state, message.attempts, message.problem) == (State.SENT, 1, "")
    assert message.sent_at is not None
    assert desk.readers == ["amina@exemple.fr"]
    assert mail["From"] == "Les Tilleuls <voix@tilleuls.example>"
    assert mail["To"] == "amina@exemple.fr"
    assert mail["Subject"] == "Votre idée avance"
    assert mail["Message-ID"] == message.message_id
    assert message.message_id.endswith("@tilleuls.example>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"] == f"<{STOP}{actions.stop_token('news 1')}>"
    assert b"\r\nList-Unsubscribe: <http" in desk.raw[0]
    assert mail["Date"].datetime == message.created_at.replace(microsecond=0)
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().replace("\r\n", "\n") == message.body
    assert max(map(len, desk.raw[0].splitlines())) <= 998


def test_code_has_no_way_to_stop_and_is_not_kept(desk: Desk, write: Writer) -> None:
    message = write(kind=Kind.CODE, body="Votre code : 123 456")
    send_due()
    assert desk.got[0]["List-Unsubscribe"] is None
    assert "123 456" in desk.got[0].get_content()
    assert message.body == ""


def test_codes_pass_before_older_mail(desk: Desk, write: Writer) -> None:
    for number in range(3):
        write(f"news {number}", subject=f"news {number}")
    write("code", kind=Kind.CODE, subject="code")
    assert send_due() == 4
    assert desk.subjects == ["code", "news 0", "news 1", "news 2"]


def test_only_mail_is_sent(desk: Desk, write: Writer) -> None:
    write(channel=Channel.PHONE, address="06 00 00 00 00")
    assert send_due() == 0


def test_who_stopped_meanwhile_gets_no_more(desk: Desk, write: Writer) -> None:
    first, second = write("1"), write("2")
    actions.stop(first)
    db.session.commit()
    assert send_due() == 0
    assert (first.state, second.state) == (State.STOPPED, State.STOPPED)


@pytest.mark.parametrize("command", ["RCPT", "DATA", "MAIL"])
def test_temporary_refusal_waits_longer_each_time(
    desk: Desk, write: Writer, clock: time_machine.Traveller, command: str
) -> None:
    message = write()
    desk.says[command] = "451 4.3.0 Not now"
    waits = []
    for _ in range(7):
        assert send_due() == 0
        assert send_due() == 0
        waits.append((message.not_before - now()) // timedelta(minutes=1))
        clock.move_to(message.not_before)
    assert waits == [1, 5, 15, 30, 60, 120, 240]
    assert message.state is State.WAITING
    assert "451" in message.problem
    desk.says.clear()
    assert send_due() == 1
    assert desk.got[0]["Message-ID"] == message.message_id


def test_after_three_days_of_not_now_a_person_takes_over(
    desk: Desk, write: Writer, clock: time_machine.Traveller
) -> None:
    message = write()
    desk.says["RCPT"] = "450 Mailbox busy"
    begun = now()
    while message.state is State.WAITING:
        send_due()
        last = now()
        clock.move_to(max(message.not_before, last))
    assert timedelta(days=2, hours=20) < last - begun < timedelta(days=3, hours=4)
    assert message.state is State.REFUSED
    assert queries.to_tell() == [message]


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_refusal_for_good_moves_the_person_to_the_call_list(desk: Desk, write: Writer, command: str) -> None:
    message, other = write("1", about=("idea", "abc")), write("2", address="benoit@exemple.fr")
    desk.says[command], desk.only_for = "550 5.1.1 No such person", "amina"
    assert send_due() == 1
    assert (message.state, other.state) == (State.REFUSED, State.SENT)
    assert message.problem.startswith("550")
    assert (message.person, message.about_ref, message.address) == ("Amina", "abc", "amina@exemple.fr")
    assert queries.to_tell() == [message]
    assert send_due() == 0


def test_our_own_fault_is_not_the_readers(desk: Desk, write: Writer) -> None:
    message = write()
    desk.says["MAIL"] = "550 Sender refused"
    send_due()
    assert message.state is State.WAITING


def test_refused_code_is_nothing_to_tell(desk: Desk, write: Writer) -> None:
    message = write(kind=Kind.CODE)
    desk.says["RCPT"] = "550 No such person"
    send_due()
    assert (message.state, message.body) == (State.REFUSED, "")
    assert queries.to_tell() == []


@pytest.mark.parametrize(
    "address",
    ["amina", "a@b@c", "a b@exemple.fr", "a@exemple.fr, b@exemple.fr", "é@exemple.fr", "a@" + "x" * 300, "@"],
)
def test_address_that_is_none_goes_to_the_call_list(desk: Desk, write: Writer, address: str) -> None:
    message, fine = write("1", address=address), write("2")
    assert send_due() == 1
    assert (message.state, fine.state) == (State.REFUSED, State.SENT)


def test_address_with_accents_in_its_domain_is_written_to(desk: Desk, write: Writer) -> None:
    write(address="amina@santé.example")
    assert send_due() == 1
    assert desk.readers == ["amina@xn--sant-epa.example"]


def test_nobody_answers(app: Flask, write: Writer) -> None:
    use(app, smtp_host="127.0.0.1", smtp_port=free_port())
    first, second = write("1"), write("2")
    assert send_due() == 0
    assert (first.state, second.state) == (State.WAITING, State.WAITING)
    assert "refused" in first.problem
    assert second.attempts == 0


def test_without_a_mail_server_mail_waits(app: Flask, write: Writer) -> None:
    message = write()
    assert send_due() == 0
    assert message.state is State.WAITING
    assert "ENGAGE_SMTP_HOST" in post.problem(app.extensions["engage_settings"])


def test_demo_writes_its_mail_to_a_folder(app: Flask, write: Writer, tmp_path: Path) -> None:
    use(app, demo=True, data=tmp_path / "demo")
    message = write()
    assert send_due() == 1
    (path,) = (tmp_path / "demo" / "mail").iterdir()
    assert f"<{path.stem}@" in message.message_id
    assert path.suffix == ".eml"
    assert b"Message-ID: " + message.message_id.encode() in path.read_bytes()
    assert post.problem(app.extensions["engage_settings"]) == ""


def test_check_says_whether_the_server_answers(app: Flask, desk: Desk) -> None:
    assert post.problem(app.extensions["engage_settings"]) == ""
    assert "does not take mail" in post.problem(use(app, smtp_port=free_port()))


def test_tls_is_asked_for_when_set_and_nothing_is_sent_without(app: Flask, desk: Desk, write: Writer) -> None:
    use(app, smtp_tls=True)
    message = write()
    assert send_due() == 0
    assert desk.got == []
    assert re.search("STARTTLS", message.problem)


def test_line_that_breaks_after_the_text_leaves_a_doubt(desk: Desk, write: Writer) -> None:
    news, confirmation = write("1"), write("2", kind=Kind.CONFIRMATION)
    desk.breaks_after_data = True
    send_due()
    assert (news.state, confirmation.state) == (State.UNCERTAIN, State.WAITING)
    assert queries.to_tell() == [news]


def crash_after_250(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server took the mail, then this worker is gone."""
    real = post.Smtp.deliver

    def taken_then_gone(self: post.Smtp, letter: post.Letter) -> post.Outcome:
        real(self, letter)
        raise SystemExit

    monkeypatch.setattr(post.Smtp, "deliver", taken_then_gone)
    with pytest.raises(SystemExit):
        send_due()
    db.session.rollback()
    monkeypatch.setattr(post.Smtp, "deliver", real)


@pytest.mark.parametrize("kind", [Kind.CODE, Kind.CONFIRMATION, Kind.NEWS, Kind.WORK, Kind.ALERT])
def test_crash_between_the_servers_yes_and_our_note(
    desk: Desk, write: Writer, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    message = write(kind=kind)
    crash_after_250(monkeypatch)
    assert [state for (state,) in db.session.query(Message.state)] == [State.SENDING]
    assert send_due() == 0
    clock.shift(sending.LEASE)
    send_due()
    clock.shift(timedelta(minutes=2))
    send_due()
    identities = [mail["Message-ID"] for mail in desk.got]
    if kind in {Kind.CODE, Kind.CONFIRMATION}:
        assert message.state is State.SENT
        assert identities == [message.message_id] * 2
    else:
        assert message.state is State.UNCERTAIN
        assert identities == [message.message_id]
        assert queries.to_tell() == [message]


def test_mail_in_doubt_is_sent_again_by_a_click(
    desk: Desk, write: Writer, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = write()
    crash_after_250(monkeypatch)
    clock.shift(sending.LEASE)
    send_due()
    sending.send_again(message)
    db.session.commit()
    assert send_due() == 1
    assert {mail["Message-ID"] for mail in desk.got} == {message.message_id}


def test_worker_that_comes_back_too_late_changes_nothing(
    desk: Desk, write: Writer, clock: time_machine.Traveller
) -> None:
    message = write()
    claim = sending.claim(Channel.MAIL)
    db.session.commit()
    assert claim
    clock.shift(sending.LEASE)
    send_due()
    sending.finish(claim, post.Outcome(post.Fate.SENT))
    db.session.commit()
    assert message.state is State.UNCERTAIN


def test_lease_is_longer_than_the_slowest_server(session: None) -> None:
    assert timedelta(seconds=post.LONGEST_SECONDS) < sending.LEASE


def test_two_workers_send_each_mail_once(app: Flask, desk: Desk, write: Writer) -> None:
    for number in range(30):
        write(f"news {number}", subject=f"news {number}", address=f"p{number}@exemple.fr")
    db.session.remove()
    counts: list[int] = []

    def work() -> None:
        with app.app_context():
            counts.append(send_due())

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(counts) == 30
    assert sorted(desk.subjects) == sorted(f"news {number}" for number in range(30))
    assert {state for (state,) in db.session.query(Message.state)} == {State.SENT}


def test_nobody_waits_for_the_database_while_a_server_is_slow(app: Flask, desk: Desk, write: Writer) -> None:
    write()
    db.session.remove()
    desk.slowly = 1.5

    def work() -> None:
        with app.app_context():
            send_due()

    sending = threading.Thread(target=work)
    sending.start()
    assert desk.taking.wait(5)
    begun = now()
    write("2")
    assert now() - begun < timedelta(seconds=1)
    sending.join()


def test_worker_asked_to_stop_finishes_the_mail_it_is_at(
    desk: Desk, write: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("1")
    second = write("2")
    real = post.Smtp.deliver

    def asked(self: post.Smtp, letter: post.Letter) -> post.Outcome:
        stopping.set()
        return real(self, letter)

    monkeypatch.setattr(post.Smtp, "deliver", asked)
    try:
        assert send_due() == 1
    finally:
        stopping.clear()
    assert second.state is State.WAITING


def test_old_messages_are_forgotten(desk: Desk, write: Writer, clock: time_machine.Traveller) -> None:
    sent, call = write("1"), write("2", channel=Channel.PHONE, address="06 00 00 00 00")
    send_due()
    clock.shift(timedelta(days=29))
    assert commands.forget_old() == 0
    clock.shift(timedelta(days=2))
    assert commands.forget_old() == 1
    assert commands.forget_old() == 0
    assert (sent.address, sent.person, sent.body, sent.state) == (None, None, "", State.SENT)
    assert call.address == "06 00 00 00 00"


def test_nothing_to_do_writes_nothing(app: Flask, desk: Desk, write: Writer) -> None:
    write(channel=Channel.RECEPTION)
    db.session.remove()
    with smtplib.SMTP("127.0.0.1", app.extensions["engage_settings"].smtp_port) as server:
        server.noop()
    seen: list[str] = []
    from sqlalchemy import event

    event.listen(db.engine, "before_cursor_execute", lambda _c, _k, statement, *_: seen.append(statement))
    send_due()
    assert [statement for statement in seen if not statement.startswith(("SELECT", "BEGIN"))] == []
    assert "BEGIN IMMEDIATE" not in seen
