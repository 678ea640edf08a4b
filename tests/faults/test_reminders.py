"""The worker is killed while it writes and sends reminders: each person has one, or it was missed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from engage.core.db import db
from engage.events.reminding.models import Delivery, DeliveryKind, DeliveryState
from engage.events.signing.models import SignUp
from engage.ops import folder
from engage.outbox.models import Kind, Message, State
from tests import make
from tests.events.reminding.conftest import at, wall
from tests.events.signing.people import signed
from tests.faults.conftest import Place
from tests.faults.reminder_worker import BATCH
from tests.outbox.server import MailServer, listening

pytestmark = pytest.mark.process
PEOPLE = 30
PATIENCE_SECONDS = 120
EARLY, DUE = "2026-11-24 12:00", "2026-11-25 10:00"
OPEN = {State.WAITING, State.SENDING}


@pytest.fixture
def server() -> Iterator[MailServer]:
    with listening() as made:
        yield made


@pytest.fixture
def crowded(place: Place) -> Place:
    """Thirty people come to a walk on Thursday 26 November at ten."""
    with folder.inside(place.app), at(EARLY):
        date = make.occurrence(make.event(), starts_at=wall("2026-11-26 10:00"))
        for number in range(PEOPLE):
            signed(date, f"P{number}")
    return place


@contextmanager
def worker(place: Place, server: MailServer, moment: str) -> Iterator[subprocess.Popen[bytes]]:
    """It believes that it is this moment in Paris."""
    said = [str(place.data), str(server.port), wall(moment).isoformat(), *([place.url] if place.url else [])]
    root = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-m", "tests.faults.reminder_worker", *said], cwd=root)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(met: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while not met():
        assert process.poll() is None, "the worker has ended by itself"
        assert time.monotonic() < limit, f"not within {PATIENCE_SECONDS} s"
        time.sleep(0.02)


def states(place: Place) -> Counter[State]:
    """How the reminders stand, asked without the lock of writers."""
    with folder.inside(place.app):
        rows = select(Message.state).where(Message.kind == Kind.REMINDER)
        with db.engine.connect().execution_options(engage_writes=False) as connection:
            return Counter(connection.scalars(rows))


def rows(place: Place) -> Counter[tuple[DeliveryKind, DeliveryState]]:
    with folder.inside(place.app):
        found = [(row.kind, row.state, row.sign_up_id) for row in db.session.scalars(select(Delivery))]
    assert set(Counter((kind, person) for kind, _state, person in found).values()) <= {1}
    return Counter((kind, state) for kind, state, _person in found)


def readers(server: MailServer, word: str) -> Counter[str]:
    """Who got mails with this word in their subject, and how many."""
    got = zip(server.desk.got, server.desk.readers, strict=True)
    return Counter(reader for mail, reader in got if word in str(mail["Subject"]))


def killed_in_a_batch(place: Place, server: MailServer) -> int:
    """Some batches are written, and one is being written; how many people have a row."""
    with worker(place, server, DUE) as process:
        until(lambda: states(place).total() >= 2 * BATCH, process)
        process.send_signal(signal.SIGKILL)
        process.wait()
    written = rows(place)[DeliveryKind.DAY, DeliveryState.WRITTEN]
    assert written == states(place).total()
    assert 0 < written < PEOPLE
    assert written % BATCH == 0
    return written


def test_a_killed_worker_reminds_everybody_once(crowded: Place, server: MailServer) -> None:
    killed_in_a_batch(crowded, server)
    with worker(crowded, server, "2026-11-25 10:15") as process:
        until(lambda: states(crowded).total() == PEOPLE and not OPEN & states(crowded).keys(), process)
    assert rows(crowded)[DeliveryKind.DAY, DeliveryState.WRITTEN] == PEOPLE
    told, found = readers(server, "Rappel"), states(crowded)
    assert set(told.values()) == {1}
    assert found[State.SENT] + found[State.UNCERTAIN] == PEOPLE
    assert found[State.SENT] <= len(told) <= PEOPLE
    assert found[State.UNCERTAIN] <= 1


def test_who_was_not_told_before_a_day_went_by_is_told_no_more(crowded: Place, server: MailServer) -> None:
    """The walk has begun when the worker comes back: a reminder would only confuse."""
    written = killed_in_a_batch(crowded, server)
    told = set(readers(server, "Rappel"))
    with worker(crowded, server, "2026-11-26 10:05") as process:
        until(lambda: rows(crowded).total() == PEOPLE and not OPEN & states(crowded).keys(), process)
    assert set(readers(server, "Rappel").values()) <= {1}
    assert set(readers(server, "Rappel")) == told
    found = rows(crowded)
    assert found[DeliveryKind.DAY, DeliveryState.WRITTEN] in {len(told), len(told) + 1}
    assert found[DeliveryKind.DAY, DeliveryState.MISSED] >= PEOPLE - written


def test_thanks_go_once_however_often_the_worker_falls(crowded: Place, server: MailServer) -> None:
    """Killed in the middle of thanks, back two days later: late, and still once."""
    with worker(crowded, server, "2026-11-27 10:00") as process:
        until(lambda: states(crowded).total() >= BATCH, process)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with worker(crowded, server, "2026-11-29 12:00") as process:
        until(lambda: states(crowded).total() == PEOPLE and not OPEN & states(crowded).keys(), process)
    thanked, found = readers(server, "merci"), rows(crowded)
    assert set(thanked.values()) == {1}
    assert len(thanked) >= PEOPLE - 1
    assert found[DeliveryKind.THANKS, DeliveryState.WRITTEN] == PEOPLE
    assert found[DeliveryKind.DAY, DeliveryState.MISSED] == PEOPLE
    with folder.inside(crowded.app):
        assert len(db.session.scalars(select(SignUp.id)).all()) == PEOPLE
