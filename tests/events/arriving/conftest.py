"""A walk for twelve people that begins in ten minutes, on a Thursday in November."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import inspect

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.events.arriving import actions
from engage.events.arriving.entries import Entry
from engage.events.arriving.models import ArrivalKind, DoorPass
from engage.events.arriving.writing import Noted
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from tests import make
from tests.events.signing.people import signed

TEN = datetime(2026, 11, 26, 9, tzinfo=UTC)
CAME, UNDONE, WALK_IN, COUNT = ArrivalKind


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """9:50 on the clock of the centre; nothing moves unless told."""
    with time_machine.travel(TEN - timedelta(minutes=10), tick=False) as traveller:
        yield traveller


@pytest.fixture
def walk(clock: object, session: None) -> Occurrence:
    return make.occurrence(make.event(), starts_at=TEN, capacity=12, place="Parc des Tilleuls")


@pytest.fixture
def people(walk: Occurrence) -> list[SignUp]:
    """Amina alone, Benoît with two others, Chloé alone."""
    return [signed(walk, "Amina"), signed(walk, "Benoît", 3), signed(walk, "Chloé")]


@pytest.fixture
def team(session: None) -> Account:
    return make.account("Dominique", Role.COORDINATOR)


@pytest.fixture
def door(walk: Occurrence, team: Account) -> DoorPass:
    made, _token = actions.open_door(walk, device="Accueil", by=team)
    db.session.commit()
    return made


def entry(number: int, kind: ArrivalKind, who: str = "", party: int = 0, **more: Any) -> Entry:
    """What a telephone noted, with a key that says which one it is."""
    return Entry(f"key-of-the-door-{number:04}", kind, who, party, **more)


def receive(door: DoorPass, *entries: Entry) -> Noted:
    """In a unit of its own, as a request would."""
    noted = actions.receive(door, entries)
    db.session.commit()
    return noted


def again(row: Any) -> Any:
    """The row as it stands in the database."""
    return db.session.get_one(type(row), inspect(row).identity, populate_existing=True)


def moved(clock: time_machine.Traveller, **span: float) -> None:
    """Time goes on."""
    clock.move_to(now() + timedelta(**span))
