"""The real worker as a process: killed in the middle of sending, it loses nothing and sends nothing twice."""

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
from flask import Flask
from sqlalchemy import select

from engage.core import keys
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.outbox import sending
from engage.outbox.models import Kind, Message, State
from tests.conftest import SECRET_KEYS
from tests.outbox.conftest import Writer
from tests.outbox.server import Desk, MailServer, listening

pytestmark = pytest.mark.process
PATIENCE_SECONDS = 120


@pytest.fixture
def server(app: Flask) -> Iterator[MailServer]:
    settings: Settings = app.extensions["engage_settings"]
    keys.save(SECRET_KEYS, settings.data / "keys")
    with listening() as server:
        yield server


@contextmanager
def worker(app: Flask, server: MailServer) -> Iterator[subprocess.Popen[bytes]]:
    settings: Settings = app.extensions["engage_settings"]
    said = [str(settings.data), str(server.port), *([settings.database_url] if settings.database_url else [])]
    root = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-m", "tests.outbox.runner", *said], cwd=root)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(met: Callable[[], bool], what: str, *workers: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while not met():
        assert all(process.poll() is None for process in workers), f"{what}: a worker has ended by itself"
        assert time.monotonic() < limit, f"{what}: not within {PATIENCE_SECONDS} s"
        time.sleep(0.05)


def states() -> Counter[State]:
    """How many mails stand how, asked without the lock of writers."""
    with db.engine.connect().execution_options(engage_writes=False) as connection:
        return Counter(connection.scalars(select(Message.state)))


def fill(write: Writer, count: int, kind: Kind = Kind.NEWS) -> set[str]:
    subjects = {f"{kind} {number}" for number in range(count)}
    for subject in subjects:
        write(subject, kind=kind, subject=subject)
    db.session.remove()
    return subjects


def let_leases_end() -> None:
    """What the clock does in six minutes."""
    db.session.query(Message).filter_by(state=State.SENDING).update({"lease_until": now()})
    db.session.commit()


def killed_in_the_middle(app: Flask, server: MailServer, *, after: int) -> None:
    """The worker is gone while the server holds the text of a mail and has not said yes."""
    server.desk.slowly = 0.2
    with worker(app, server) as process:
        until(lambda: len(server.desk.got) >= after, "first mails", process)
        server.desk.taking.clear()
        assert server.desk.taking.wait(PATIENCE_SECONDS)
        process.send_signal(signal.SIGKILL)
        process.wait()
    server.desk.slowly = 0


def same_mails(desk: Desk) -> bool:
    """Whether mails of one subject are one mail."""
    return len({mail["Message-ID"] for mail in desk.got}) == len(set(desk.subjects))


def test_killed_worker_loses_and_repeats_nothing(app: Flask, server: MailServer, write: Writer) -> None:
    subjects = fill(write, 20)
    killed_in_the_middle(app, server, after=5)
    left = states()
    assert left[State.SENDING] == 1
    let_leases_end()
    with worker(app, server) as process:
        until(lambda: states().keys() <= {State.SENT, State.UNCERTAIN}, "the rest", process)
        assert states() == {State.SENT: 19, State.UNCERTAIN: 1}
        doubtful = db.session.query(Message).filter_by(state=State.UNCERTAIN).one()
        arrived = Counter(server.desk.subjects)
        assert set(arrived.values()) == {1}
        assert subjects - arrived.keys() <= {doubtful.subject}
        sending.send_again(doubtful)
        db.session.commit()
        until(lambda: states() == {State.SENT: 20}, "the mail sent again by a click", process)
    assert set(server.desk.subjects) == subjects
    assert same_mails(server.desk)


def test_killed_worker_repeats_a_code_as_the_same_mail(app: Flask, server: MailServer, write: Writer) -> None:
    subjects = fill(write, 6, Kind.CODE)
    killed_in_the_middle(app, server, after=2)
    let_leases_end()
    db.session.query(Message).filter_by(state=State.WAITING).update({"not_before": now()})
    db.session.commit()
    with worker(app, server) as process:
        until(lambda: states()[State.SENT] == 5, "the codes that never left", process)
        db.session.query(Message).filter_by(state=State.WAITING).update({"not_before": now()})
        db.session.commit()
        until(lambda: states() == {State.SENT: 6}, "the code in doubt", process)
    assert set(server.desk.subjects) == subjects
    assert same_mails(server.desk)


def test_two_workers_side_by_side_send_each_mail_once(app: Flask, server: MailServer, write: Writer) -> None:
    subjects = fill(write, 40)
    with worker(app, server) as one, worker(app, server) as other:
        until(lambda: states() == {State.SENT: 40}, "all mails", one, other)
    assert sorted(server.desk.subjects) == sorted(subjects)


def test_worker_asked_to_end_finishes_its_mail(app: Flask, server: MailServer, write: Writer) -> None:
    fill(write, 20)
    server.desk.slowly = 0.3
    with worker(app, server) as process:
        assert server.desk.taking.wait(PATIENCE_SECONDS)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 0
    sent = len(server.desk.got)
    assert 0 < sent < 20
    assert states() == {State.SENT: sent, State.WAITING: 20 - sent}
