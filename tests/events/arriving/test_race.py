"""Two telephones send the same evening at the same time, while people still sign up."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from engage.core.clock import now
from engage.core.db import db
from engage.events.arriving import actions
from engage.events.arriving.models import Arrival, DoorPass
from engage.events.kinds import SEATED, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import actions as signing
from engage.events.signing.models import SignUp, SignUpChange
from tests import make
from tests.events.arriving.conftest import CAME, COUNT, WALK_IN, entry
from tests.events.signing.people import signed, wanted

CAPACITY, PARTIES = 14, 6


def test_two_telephones_and_a_crowd(app: Flask) -> None:
    with app.app_context():
        date = make.occurrence(make.event(), starts_at=now() + timedelta(minutes=5), capacity=CAPACITY)
        codes = [signed(date, f"Amina {number}", 2).code for number in range(PARTIES)]
        by = make.account("Dominique")
        passes = [actions.open_door(date, device=name, by=by)[0] for name in ("Accueil", "Salle 2")]
        db.session.commit()
        date_id, doors = date.id, [made.id for made in passes]

    def send(door: int, copy: int) -> Callable[[], None]:
        """Everything twice, in an order of its own; each telephone notes everybody by a key of its own."""
        own = 100 * doors.index(door)
        noted = [entry(own + place, CAME, code) for place, code in enumerate(codes)]
        noted += [
            entry(own + 20, WALK_IN, party=3),
            entry(own + 21, COUNT, party=5),
            entry(own + 22, COUNT, party=2),
        ]

        def deed() -> None:
            random.Random(door * 10 + copy).shuffle(noted)
            for one in noted:
                actions.receive(db.session.get_one(DoorPass, door), [one])
                db.session.commit()

        return deed

    def come_late(number: int) -> Callable[[], None]:
        def deed() -> None:
            signing.sign_up(db.session.get_one(Occurrence, date_id), **wanted(f"Paul {number}"))
            db.session.commit()

        return deed

    deeds = [send(door, copy) for door in doors for copy in range(2)] + [come_late(one) for one in range(6)]

    def alone(deed: Callable[[], None]) -> None:
        with app.app_context():
            deed()

    with ThreadPoolExecutor(len(deeds)) as crowd:
        for done in [crowd.submit(alone, deed) for deed in deeds]:
            done.result()
    with app.app_context():
        _stands(date_id)


def _stands(date_id: int) -> None:
    date = db.session.get_one(Occurrence, date_id)
    held = select(func.sum(SignUp.party)).where(SignUp.state.in_(SEATED))
    assert date.taken == db.session.scalar(held) == CAPACITY
    rows = select(SignUpChange.sign_up_id).where(SignUpChange.state == SignUpState.ATTENDED)
    assert Counter(db.session.scalars(rows).all()).most_common(1)[0][1] == 1
    states = Counter(db.session.scalars(select(SignUp.state)))
    assert states[SignUpState.ATTENDED] == PARTIES
    assert (states[SignUpState.WALK_IN], states[SignUpState.WAITING]) == (2, 4)
    assert date.head_count == 14
    assert db.session.scalar(select(func.count()).select_from(Arrival)) == 2 * (PARTIES + 3)
