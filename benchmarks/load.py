"""Eight clients, each a process with one kept connection, asking as fast as they are answered."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Callable
from multiprocessing.queues import Queue
from typing import NamedTuple

from benchmarks.visitor import Visitor, answer_wave, expect, send_idea

CLIENTS = 8
FORK = multiprocessing.get_context("fork")
# One turn of a client: how long each of its requests took, in seconds.
Turn = Callable[[Visitor], list[float]]


class Measured(NamedTuple):
    """`rate` in requests a second, over all clients; p50 and p95 in milliseconds."""

    rate: float
    p50: float
    p95: float


def reading(path: str, status: int = 200) -> Turn:
    """The same page again and again; its bytes are built once."""

    def turn(visitor: Visitor) -> list[float]:
        asked = visitor.request("GET", path)
        spent = []
        for _again in range(20):
            begun = time.perf_counter()
            expect(visitor.exchange(asked), status)
            spent.append(time.perf_counter() - begun)
        return spent

    return turn


def filling_bare_form(visitor: Visitor) -> list[float]:
    begun = time.perf_counter()
    expect(visitor.get("/form"), 200)
    middle = time.perf_counter()
    expect(visitor.post("/form", {"text": "Un banc devant la porte."}), 302)
    return [middle - begun, time.perf_counter() - middle]


def sending_idea(visitor: Visitor) -> list[float]:
    """A new person each time; the whole way counts as one wait, shared among its requests."""
    visitor.cookies.clear()
    begun = time.perf_counter()
    requests = send_idea(visitor, f"Un banc devant la porte, pour attendre assis {begun}.")
    return [(time.perf_counter() - begun) / requests] * requests


def answering(code: str, marks: dict[str, str]) -> Turn:
    """A new person each time, who answers every question; the whole way counts as one wait."""

    def turn(visitor: Visitor) -> list[float]:
        visitor.cookies.clear()
        begun = time.perf_counter()
        requests = answer_wave(visitor, code, marks)
        return [(time.perf_counter() - begun) / requests] * requests

    return turn


def _client(
    port: int, encoding: str, cookies: dict[str, str], turn: Turn, until: float, out: Queue[list[float]]
) -> None:
    visitor = Visitor(port, encoding=encoding)
    visitor.cookies.update(cookies)
    spent: list[float] = []
    while time.monotonic() < until:
        spent += turn(visitor)
    visitor.close()
    out.put(spent)


def load(
    port: int,
    turn: Turn,
    seconds: float,
    *,
    encoding: str = "identity",
    cookies: dict[str, str] | None = None,
) -> Measured:
    """What eight clients get in `seconds`."""
    out: Queue[list[float]] = FORK.Queue()
    begun = time.monotonic()
    until = begun + seconds
    clients = [
        FORK.Process(target=_client, args=(port, encoding, cookies or {}, turn, until, out))
        for _number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    spent = [one for _client_ in clients for one in out.get(timeout=seconds + 60)]
    took = time.monotonic() - begun
    for client in clients:
        client.join()
    places = statistics.quantiles(spent, n=100)
    return Measured(len(spent) / took, places[49] * 1000, places[94] * 1000)
