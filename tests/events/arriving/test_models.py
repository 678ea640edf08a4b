"""What the tables of the door cannot hold."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from engage.core.clock import now
from engage.core.db import db
from engage.events.arriving.models import Arrival, ArrivalKind, DoorPass
from engage.events.models import Occurrence
from tests.events.arriving.conftest import entry, receive


def arrival(walk: Occurrence, key: str = "key-of-the-door-0001", **said: Any) -> Arrival:
    facts = {"occurrence_id": walk.id, "kind": ArrivalKind.COUNT, "party": 1, "at": now()}
    return Arrival(submission_key=key, **facts | said)


def test_one_key_is_one_arrival(walk: Occurrence) -> None:
    db.session.add(arrival(walk))
    db.session.commit()
    db.session.add(arrival(walk, party=2))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_nobody_counts_less_than_no_head(walk: Occurrence) -> None:
    db.session.add(arrival(walk, party=-1))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_secret_belongs_to_one_pass(walk: Occurrence, door: DoorPass) -> None:
    facts = {"occurrence_id": walk.id, "made_at": now(), "ends_at": now()}
    db.session.add(DoorPass(token_digest=door.token_digest, **facts))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_what_was_noted_outlives_its_pass(walk: Occurrence, door: DoorPass) -> None:
    receive(door, entry(1, ArrivalKind.COUNT, party=4))
    db.session.delete(door)
    db.session.commit()
    (kept,) = db.session.query(Arrival).all()
    assert (kept.pass_id, kept.party) == (None, 4)
