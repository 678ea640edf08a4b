"""The server as a process: its children, its port, its patience, and what its processes share."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks import servers
from benchmarks.visitor import Visitor, expect, send_idea
from engage.core import keys, migrate
from engage.ops import folder
from tests.faults.conftest import Place, wait_for_port

pytestmark = pytest.mark.process


@pytest.fixture
def engine_name() -> str:
    """What is looked at here does not depend on the database."""
    return "sqlite"


def test_children_die_with_their_parent(place: Place) -> None:
    server = servers.engage(place.data, place.url, None, "--worker")
    assert len(server.processes()) >= 4
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    try:
        server.wait_until_gone()
        wait_for_port(server.port)
    finally:
        server.kill()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_to_the_parent_ends_all(place: Place, how: signal.Signals) -> None:
    server = servers.engage(place.data, place.url, None, "--worker")
    try:
        os.kill(server.process.pid, how)
        assert server.process.wait(timeout=15) == 0
        server.wait_until_gone()
    finally:
        server.kill()


def is_replaced(killed: int, server: servers.Server, wanted: int) -> bool:
    """A killed process stays in the list while it dies, and may still be handed a caller."""
    there = server.processes()
    return killed not in there and len(there) == wanted


def test_a_killed_worker_is_started_again(place: Place) -> None:
    """Whichever process dies, the site answers and the others stay."""
    with servers.running(servers.engage(place.data, place.url, None, "--worker")) as server:
        before = server.processes()
        killed = next(pid for pid in before if pid != server.process.pid)
        os.kill(killed, signal.SIGKILL)
        until = time.monotonic() + 20
        while not is_replaced(killed, server, len(before)) and time.monotonic() < until:
            time.sleep(0.1)
        assert is_replaced(killed, server, len(before))
        with Visitor(server.port) as watcher:
            expect(watcher.get("/healthz"), 200)


def has_loaded(pid: int, library: str) -> bool:
    return library in Path(f"/proc/{pid}/maps").read_text()


def test_who_watches_holds_nothing_of_the_site(place: Place) -> None:
    """Beside those who serve it, a copy of it would cost 50 MB."""
    with servers.running(servers.engage(place.data, place.url, None, "--worker")) as server:
        watching = server.process.pid
        others = [pid for pid in server.processes() if pid != watching]
        assert len(others) == servers.PROCESSES + 1
        assert all(has_loaded(pid, "sqlalchemy") for pid in others)
        assert not has_loaded(watching, "sqlalchemy")


@contextmanager
def slow_upload(port: int) -> Iterator[threading.Event]:
    """A phone that sends a long photo a few bytes at a time, and never comes to its end."""
    over = threading.Event()
    head = (
        "POST /idees/nouvelle HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
        'Content-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    )

    def trickle() -> None:
        with socket.create_connection(("127.0.0.1", port)) as phone:
            phone.sendall(head.encode())
            while not over.wait(0.05):
                phone.sendall(b"\xff" * 50)

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        yield over
    finally:
        over.set()
        thread.join(timeout=10)


def test_two_slow_phones_delay_nobody(place: Place) -> None:
    with (
        servers.running(servers.engage(place.data, place.url)) as server,
        slow_upload(server.port),
        slow_upload(server.port),
    ):
        time.sleep(0.5)
        waits = [wait_of(server.port) for _person in range(10)]
        begun = time.monotonic()
        with Visitor(server.port) as writer:
            send_idea(writer, "Un banc devant la porte, pour attendre assis.")
        assert max(waits) < 2
        assert time.monotonic() - begun < 10


def wait_of(port: int) -> float:
    begun = time.monotonic()
    with Visitor(port) as visitor:
        expect(visitor.get("/idees/nouvelle"), 200)
    return time.monotonic() - begun


def test_processes_share_their_limits(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many connections reach both processes; the tries of one person count in one place."""
    monkeypatch.setattr(servers, "OPEN", {"follow": "6/hour"})
    with servers.running(servers.engage(place.data, place.url)) as server:
        statuses = []
        for _try in range(12):
            visitor = Visitor(server.port)
            visitor.get("/suivi")
            statuses.append(visitor.post("/suivi", {"code": "222-222-222"}).status)
            visitor.close()
    assert statuses.count(429) == 6
    assert statuses[-1] == 429


def serve_says(place: Place, port: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "engage.cli", "serve", "--data", str(place.data), "--port", str(port)],
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_taken_port_is_an_error(place: Place) -> None:
    with servers.running(servers.engage(place.data, place.url)) as server:
        assert "cannot be had" in serve_says(place, server.port)


def test_it_does_not_serve_without_keys(place: Place) -> None:
    (place.data / "keys").unlink()
    assert "engage init" in serve_says(place, servers.free_port())


def test_it_does_not_serve_another_revision(place: Place) -> None:
    with folder.inside(place.app):
        migrate.downgrade("base")
    assert "engage upgrade" in serve_says(place, servers.free_port())
    keys.load(place.data / "keys")


def test_no_database_is_made_by_serving(place: Place) -> None:
    for path in place.data.glob("engage.db*"):
        path.unlink()
    assert "engage init" in serve_says(place, servers.free_port())
    assert not (place.data / "engage.db").exists()
