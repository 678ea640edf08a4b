"""A date among a thousand, a whole sign-up, and two hundred people who want a hundred places at once."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from flask import Flask
from sqlalchemy import func, select

from benchmarks.load import filling_bare_form
from benchmarks.visitor import Visitor, expect
from engage.centre.queries import zone
from engage.core.clock import local, now
from engage.core.db import db
from engage.events.kinds import EventKind, EventState, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.signing.models import SignUp
from engage.ops import folder

DATES = 1_000
ROOM, PEOPLE, AT_ONCE = 100, 200, 32
MINUTES = 90


class Filled(NamedTuple):
    """The codes of a date without limit, to read and to sign up for, and of dates of a hundred places."""

    open: str
    rushed: list[str]


class Rush(NamedTuple):
    """Seconds until the last one was answered, the 95th of 100 waits in milliseconds, and what broke."""

    seconds: float
    p95: float
    faults: list[str]


def _date(event: Event, day: int, *, capacity: int | None) -> Occurrence:
    starts_at = now().replace(second=0, microsecond=0) + timedelta(days=day)
    wall = local(starts_at, zone())
    return Occurrence(
        event_id=event.id,
        day=wall.date(),
        starts=wall.time(),
        minutes=MINUTES,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=MINUTES),
        closes_at=starts_at,
        capacity=capacity,
        changed_at=now(),
    )


def fill(rushes: int) -> Filled:
    """A thousand dates of one event, and `rushes` dates of a hundred places. Flushes."""
    facts = {"state": EventState.PUBLISHED, "created_at": now(), "place": "Salle du rez-de-chaussée"}
    walk = Event(kind=EventKind.WALK, title="Marche du jeudi", what="On marche une heure.", **facts)
    film = Event(kind=EventKind.FILM, title="Film et débat", what="Un film, puis on parle.", **facts)
    db.session.add_all([walk, film])
    db.session.flush()
    dates = [_date(walk, 1 + number // 6, capacity=None) for number in range(DATES)]
    rushed = [_date(film, 30, capacity=ROOM) for _rush in range(rushes)]
    db.session.add_all(dates + rushed)
    db.session.flush()
    return Filled(dates[0].code, [date.code for date in rushed])


def sign_up(code: str, visitor: Visitor, name: str) -> int:
    """From the form to the confirmation; how many requests."""
    page = f"/evenements/{code}"
    expect(visitor.get(f"{page}/inscription"), 200)
    said = {"name": name, "reply": "mail", "email": f"{name.replace(' ', '.')}@exemple.fr"}
    done = expect(visitor.post(f"{page}/inscription", said), 302).location
    expect(visitor.get(done), 200)
    return 3


def come_and_sign_up(code: str, visitor: Visitor, name: str) -> int:
    """The same, from the page of the date on."""
    expect(visitor.get(f"/evenements/{code}"), 200)
    return 1 + sign_up(code, visitor, name)


def signing_up(code: str) -> Callable[[Visitor], list[float]]:
    """A new person each time; the whole way counts as one wait, shared among its requests."""

    def turn(visitor: Visitor) -> list[float]:
        visitor.cookies.clear()
        begun = time.perf_counter()
        requests = come_and_sign_up(code, visitor, f"personne {begun}")
        return [(time.perf_counter() - begun) / requests] * requests

    return turn


def bare_form(visitor: Visitor, _name: str) -> None:
    """What the rush is held against."""
    filling_bare_form(visitor)


def confirmed(app: Flask, codes: list[str]) -> list[int]:
    """How many people have a place on each of these dates."""
    people = func.coalesce(func.sum(SignUp.party), 0)
    held = select(people).join(SignUp.occurrence).where(SignUp.state == SignUpState.CONFIRMED)
    with folder.inside(app):
        return [db.session.scalars(held.where(Occurrence.code == code)).one() for code in codes]


def rush(port: int, deed: Callable[[Visitor, str], object]) -> Rush:
    """Two hundred people do it, thirty-two at a time, each with a browser of their own."""
    people: Iterator[int] = iter(range(PEOPLE))
    lock, waits, faults = threading.Lock(), [], []

    def client() -> None:
        while True:
            with lock:
                number = next(people, None)
            if number is None:
                return
            begun = time.perf_counter()
            try:
                with Visitor(port) as visitor:
                    deed(visitor, f"personne {number}")
            except (AssertionError, OSError) as fault:
                faults.append(str(fault)[:200])
            waits.append((time.perf_counter() - begun) * 1000)

    begun = time.perf_counter()
    threads = [threading.Thread(target=client) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Rush(time.perf_counter() - begun, statistics.quantiles(waits, n=100)[94], faults)
