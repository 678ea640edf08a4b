"""SMS leave once through the program of the centre, wait when they must, and come back to people."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.outbox import queries, sending, texting
from engage.outbox.commands import send_texts
from engage.outbox.models import Channel, Kind, Message, State
from engage.outbox.post import CannotWrite
from tests.outbox.conftest import Writer, use

NUMBER = "06 12 34 56 78"
PROGRAM = """
import pathlib, sys, time
folder, answer = pathlib.Path(sys.argv[1]), sys.argv[2]
(folder / "got").open("a").write(sys.argv[-1] + "|" + sys.stdin.buffer.read().decode() + "\\n")
if answer == "slow":
    time.sleep(60)
print("for " + sys.argv[-1], file=sys.stderr)
sys.exit(int(answer))
"""


class Shop:
    """What a gateway of a test got, and what it answers next."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder = app, folder
        (folder / "gateway.py").write_text(PROGRAM)
        self.answers("0")

    def answers(self, answer: str) -> None:
        use(self.app, sms_command=f"{sys.executable} '{self.folder}/gateway.py' '{self.folder}' {answer}")

    @property
    def got(self) -> list[str]:
        kept = self.folder / "got"
        return kept.read_text().splitlines() if kept.exists() else []


@pytest.fixture
def shop(app: Flask, tmp_path: Path) -> Shop:
    folder = tmp_path / "a gateway"
    folder.mkdir()
    return Shop(app, folder)


def text(write: Writer, key: str = "sms 1", **said: object) -> Message:
    facts = {"kind": Kind.REMINDER, "channel": Channel.SMS, "address": NUMBER, "body": "Rappel : à 10 h."}
    return write(key, **facts | said)


@pytest.fixture(autouse=True)
def day() -> object:
    with time_machine.travel("2026-06-09T10:00:00Z", tick=True):
        yield


def test_an_sms_leaves_once(shop: Shop, write: Writer) -> None:
    message = text(write)
    assert send_texts() == 1
    assert send_texts() == 0
    assert shop.got == ["+33612345678|Rappel : à 10 h."]
    assert (message.state, message.attempts, message.problem) == (State.SENT, 1, "")
    assert message.sent_at is not None


def test_without_gateway_sms_wait(session: None, write: Writer) -> None:
    message = text(write)
    assert send_texts() == 0
    assert message.state is State.WAITING


def test_mail_is_not_for_the_gateway(shop: Shop, write: Writer) -> None:
    write()
    assert send_texts() == 0
    assert shop.got == []


def test_the_shell_reads_nothing_of_what_somebody_typed(shop: Shop, write: Writer) -> None:
    text(write, address="06 12 34 56 78; touch x", body="$(reboot) `ls` \"'")
    send_texts()
    assert shop.got == ["+33612345678|$(reboot) `ls` \"'"]


def test_a_number_refused_for_good_comes_to_the_call_list(shop: Shop, write: Writer) -> None:
    shop.answers("65")
    message = text(write)
    assert send_texts() == 0
    assert message.state is State.REFUSED
    assert message.problem == "exit 65: for +33612345678"
    assert queries.to_tell() == [message]
    assert message.untold is State.REFUSED


def test_not_now_waits_longer_each_time(shop: Shop, write: Writer) -> None:
    shop.answers("75")
    message = text(write)
    send_texts()
    assert (message.state, message.attempts) == (State.WAITING, 1)
    assert message.not_before - now() == pytest.approx(sending.DELAYS[0], abs=timedelta(seconds=20))
    assert queries.to_tell() == []
    shop.answers("0")
    assert send_texts() == 0
    with time_machine.travel(message.not_before + timedelta(seconds=1)):
        assert send_texts() == 1
    assert message.state is State.SENT


def test_no_answer_may_be_a_message_that_left(
    shop: Shop, write: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is never sent a second time by itself: a person decides."""
    monkeypatch.setattr(texting, "ANSWER_SECONDS", 1)
    shop.answers("slow")
    message = text(write)
    send_texts()
    assert message.state is State.UNCERTAIN
    shop.answers("0")
    assert send_texts() == 0
    assert len(shop.got) == 1
    assert queries.to_tell() == [message]
    assert message.untold is State.UNCERTAIN
    sending.send_again(message)
    db.session.commit()
    assert send_texts() == 1


def test_a_program_that_is_not_there_keeps_them_all(app: Flask, write: Writer) -> None:
    found = use(app, sms_command="/nowhere/send-sms --now")
    first, second = text(write, "1"), text(write, "2")
    assert send_texts() == 0
    assert (first.state, first.attempts, second.attempts) == (State.WAITING, 1, 0)
    assert texting.problem(found) == "/nowhere/send-sms (ENGAGE_SMS_COMMAND) is no program of this machine"


def test_who_holds_no_phone_number_is_told_by_people(shop: Shop, write: Writer) -> None:
    message = text(write, address="le soir")
    send_texts()
    assert (message.state, message.problem) == (State.REFUSED, "not a phone number")


def test_a_killed_worker_leaves_a_doubt_not_a_double(shop: Shop, write: Writer) -> None:
    message = text(write)
    assert sending.claim(Channel.SMS)
    db.session.commit()
    with time_machine.travel(now() + sending.LEASE + timedelta(seconds=1)):
        assert send_texts() == 0
    assert (message.state, shop.got) == (State.UNCERTAIN, [])


def test_reminders_wait_for_the_morning(shop: Shop, write: Writer) -> None:
    """20:00 until 8:00 in Paris; other messages do not."""
    message = text(write)
    for quiet in ("2026-06-09T18:00:00Z", "2026-06-10T05:59:59Z"):
        with time_machine.travel(quiet, tick=False):
            assert send_texts() == 0
    with time_machine.travel("2026-06-09T18:00:00Z", tick=False):
        text(write, "urgent", kind=Kind.ALERT)
        assert send_texts() == 1
    with time_machine.travel("2026-06-10T06:00:00Z", tick=False):
        assert send_texts() == 1
    assert message.state is State.SENT


def test_the_demo_keeps_them_in_a_folder(app: Flask, tmp_path: Path, write: Writer) -> None:
    use(app, demo=True, data=tmp_path)
    text(write)
    assert send_texts() == 1
    assert (tmp_path / "sms" / "+33612345678.txt").read_text() == "Rappel : à 10 h.\n\n"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033 6.12.34.56.78", "+33612345678"),
        ("+32 470 12 34 56", "+32470123456"),
    ],
)
def test_numbers_are_made_international(written: str, whole: str) -> None:
    assert texting.international(written) == whole
    assert texting.can_receive(written)


@pytest.mark.parametrize("written", ["", "12 34", "le 06", "612345678", "+" + "1" * 16, "04 76 00 00 00"])
def test_where_no_sms_can_arrive(written: str) -> None:
    assert not texting.can_receive(written)
    if not written.startswith("04"):
        with pytest.raises(CannotWrite):
            texting.international(written)


def test_check_says_how_sms_leave() -> None:
    assert texting.problem(Settings(sms_command="")) == ""
    assert texting.problem(Settings(sms_command=f"{sys.executable} -m gateway")) == ""
