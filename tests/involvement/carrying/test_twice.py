"""A double press about a relay is one: one row of facts, one link."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.involvement.carrying import actions as carrying
from engage.involvement.models import Relay, RelayKind, Source
from engage.involvement.sources import actions as sources
from tests import make


def describe(relay: Account, by: Account) -> None:
    carrying.describe(relay, kind=RelayKind.PHARMACIST, organisation="Pharmacie du marché", by=by)


def give(relay: Account, by: Account) -> None:
    sources.give(relay, by=by)


@pytest.mark.parametrize(("deed", "made"), [(describe, Relay.account_id), (give, Source.id)])
def test_pressed_twice_at_once_it_is_one(
    app: Flask, deed: Callable[[Account, Account], None], made: object
) -> None:
    with app.app_context():
        ids = [make.account("Rémi", Role.RELAY).id, make.account("Chloé", Role.COORDINATOR).id]
        db.session.commit()
    barrier, done = threading.Barrier(2), []

    def press() -> None:
        with app.test_request_context("/equipe/relais", method="POST"):
            barrier.wait(timeout=10)
            relay, by = (db.session.get_one(Account, one) for one in ids)
            deed(relay, by)
            db.session.commit()
            done.append(True)

    threads = [threading.Thread(target=press) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(done) == 2
    with app.app_context():
        assert len(db.session.scalars(select(made)).all()) == 1  # type: ignore[call-overload]
