"""Many people at one date at the same moment, and a witness of every commit."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.kinds import ACTIVE, HOLDING, CompanionRole, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import actions, commands
from engage.events.signing.models import SignUp
from tests import make
from tests.events.signing.people import wanted

CLIENTS = 16
PLACES = 12
TRIES = 5


class Seen(NamedTuple):
    """One moment of a date: what it holds by its own figure and by its sign-ups."""

    lock: int
    capacity: int
    taken: int
    held: int
    most_of_a_person: int

    @property
    def is_oversold(self) -> bool:
        return self.held > self.capacity

    @property
    def is_right(self) -> bool:
        return self.taken == self.held <= self.capacity and self.most_of_a_person <= 1


def look() -> Seen:
    """In one statement, so that no commit falls in between."""
    held = select(func.coalesce(func.sum(SignUp.party), 0)).where(SignUp.state.in_(HOLDING))
    each = (
        select(func.count().label("number"))
        .where(SignUp.state.in_(ACTIVE), SignUp.person_digest.is_not(None))
        .group_by(SignUp.person_digest)
        .subquery()
    )
    most = select(func.coalesce(func.max(each.c.number), 0))
    date = select(
        Occurrence.lock, Occurrence.capacity, Occurrence.taken, held.scalar_subquery(), most.scalar_subquery()
    )
    return Seen._make(db.session.execute(date).one())


class Crowd:
    """`seen`: each commit as its own unit saw it while it held the date, and what others saw after it.

    `faults`: what no rule refused and yet did not work.
    """

    def __init__(self, apps: list[Flask], seed: int) -> None:
        self.apps, self.seed = apps, seed
        self.seen: list[Seen] = []
        self.faults: list[Exception] = []
        self.codes: dict[str, set[str]] = {}
        with apps[0].app_context():
            date = make.occurrence(make.event(), capacity=PLACES)
            self.by = make.account("Chloé", Role.COORDINATOR).id
            db.session.commit()
            self.date = date.id

    def rush(self, *deeds: Callable[[random.Random], None]) -> None:
        """Each client clicks twice at once, and goes on as two tabs; `deeds` run beside them."""
        start = threading.Barrier(2 * CLIENTS + len(deeds))
        people = [(self._client, number, tab) for number in range(CLIENTS) for tab in range(2)]
        beside = [(self._beside, deed, place) for place, deed in enumerate(deeds)]
        threads = [threading.Thread(target=self._guarded, args=(start, *each)) for each in people + beside]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)

    def _guarded(self, start: threading.Barrier, run: Callable[..., None], *what: Any) -> None:
        try:
            start.wait(timeout=30)
            run(*what)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test must fail with it
            self.faults.append(fault)

    def _beside(self, deed: Callable[[random.Random], None], place: int) -> None:
        chance = random.Random(f"{self.seed} {place}")
        for _turn in range(12):
            deed(chance)

    @contextmanager
    def _unit(self, number: int) -> Iterator[None]:
        with self.apps[number % len(self.apps)].app_context():
            yield

    def _do(self, number: int, deed: Callable[[Occurrence], object]) -> None:
        """One unit, tried again as the page asks when the date is held too long; then a look from outside."""
        for _time in range(TRIES):
            with self._unit(number):
                try:
                    deed(db.session.get_one(Occurrence, self.date))
                    db.session.flush()
                    inside = look()
                    db.session.commit()
                except Refused:
                    db.session.rollback()
                    return
                except OperationalError as fault:
                    db.session.rollback()
                    if "lock" not in str(fault.orig):
                        raise
                    continue
                self.seen += [inside, look()]
                return
        raise TimeoutError("the date was never free")

    def _client(self, number: int, tab: int) -> None:
        chance = random.Random(f"{self.seed} {number} {tab}")
        key, name, party = f"{self.seed}-{number}", f"Personne {number}", 1 + number % 3
        self._sign_up(number, key, name, party)
        for turn in range(3):
            act = chance.choice((self._cancel, self._change, self._accept, self._again))
            act(number, name, turn)

    def _sign_up(self, number: int, key: str, name: str, party: int) -> None:
        def deed(date: Occurrence) -> None:
            made, code = actions.sign_up(date, **wanted(name, party, submission_key=key))
            self.codes.setdefault(key, set()).add(f"{made.code} {code}")

        self._do(number, deed)

    def _mine(self, name: str) -> SignUp | None:
        rows = [one for one in db.session.scalars(select(SignUp)) if one.name == name]
        return next((one for one in rows if one.state in ACTIVE), rows[0] if rows else None)

    def _with_mine(self, number: int, name: str, deed: Callable[[SignUp], object]) -> None:
        self._do(number, lambda _date: deed(mine) if (mine := self._mine(name)) else None)

    def _cancel(self, number: int, name: str, _turn: int) -> None:
        self._with_mine(number, name, actions.cancel)

    def _accept(self, number: int, name: str, _turn: int) -> None:
        self._with_mine(number, name, actions.accept)

    def _again(self, number: int, name: str, turn: int) -> None:
        self._sign_up(number, f"{self.seed}-{number}-{turn}", name, 1)

    def _change(self, number: int, name: str, turn: int) -> None:
        people = [(CompanionRole.OTHER, "")] * ((number + turn) % 3)
        self._with_mine(
            number,
            name,
            lambda mine: actions.change(mine, companions=people, needs=[], needs_words="", answers=[]),
        )

    def set_capacity(self, chance: random.Random) -> None:
        wanted_places = chance.randint(PLACES - 4, PLACES + 4)
        self._do(
            0,
            lambda date: actions.set_capacity(date, wanted_places, by=db.session.get_one(Account, self.by)),
        )

    def expire(self, chance: random.Random) -> None:
        with self._unit(chance.randint(0, 1)):
            commands.expire_offers()
            self.seen.append(look())


LEGAL = {
    None: {SignUpState.CONFIRMED, SignUpState.WAITING},
    SignUpState.WAITING: {*ACTIVE, SignUpState.CANCELLED},
    SignUpState.OFFERED: {*ACTIVE, SignUpState.CANCELLED},
    SignUpState.CONFIRMED: {SignUpState.CONFIRMED, SignUpState.CANCELLED},
    SignUpState.CANCELLED: set[SignUpState](),
}
