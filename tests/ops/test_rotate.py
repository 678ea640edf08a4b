"""New keys open everything, old keys open nothing, and an interruption loses nothing."""

from __future__ import annotations

import click
import pytest
from cryptography.fernet import InvalidToken, MultiFernet
from flask import Flask
from sqlalchemy import select, text

from engage.accounts.models import Account
from engage.app import create_app
from engage.core import keys
from engage.core.config import Settings
from engage.core.db import db
from engage.ops import folder, held, rotate
from tests import make
from tests.conftest import SECRET_KEYS


def people(app: Flask, number: int) -> None:
    with app.app_context():
        for place in range(number):
            make.account(f"Amina{place}", email=f"amina{place}@exemple.fr")
        db.session.commit()
        db.session.remove()


def test_every_value_is_encrypted_with_the_new_key(
    app: Flask, centre: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotate, "BATCH", 3)
    people(app, 8)
    said = rotate.run(centre)
    assert "8 values" in said
    fresh = keys.load(centre.data / "keys")
    assert len(fresh.encryption) == 1
    assert fresh.encryption != SECRET_KEYS.encryption
    assert (fresh.session, fresh.digests) == (SECRET_KEYS.session, SECRET_KEYS.digests)
    with folder.inside(create_app(centre)):
        assert sorted(map(str, db.session.scalars(select(Account.email)))) == [
            f"amina{n}@exemple.fr" for n in range(8)
        ]
        token = db.session.scalar(text("SELECT email FROM account LIMIT 1"))
    with pytest.raises(InvalidToken):
        SECRET_KEYS.fernet.decrypt(token.encode())


def test_an_interruption_leaves_keys_that_open_both(
    app: Flask, centre: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotate, "BATCH", 2)
    people(app, 5)
    turned = iter(range(3))
    turn = MultiFernet.rotate

    def stop_after_three(self: MultiFernet, token: bytes) -> bytes:
        next(turned)
        return turn(self, token)

    monkeypatch.setattr(MultiFernet, "rotate", stop_after_three)
    with pytest.raises((StopIteration, RuntimeError)):
        rotate.run(centre)
    assert len(keys.load(centre.data / "keys").encryption) == 2
    monkeypatch.setattr(MultiFernet, "rotate", turn)
    with folder.inside(create_app(centre)):
        assert len(set(db.session.scalars(select(Account.email)))) == 5
    rotate.run(centre)
    assert len(keys.load(centre.data / "keys").encryption) == 1


def test_the_site_must_be_stopped(centre: Settings) -> None:
    with held.in_use(centre.data), pytest.raises(click.ClickException, match="stop it first"):
        rotate.run(centre)
    assert keys.load(centre.data / "keys") == SECRET_KEYS


def test_a_value_of_unknown_keys_stops_the_work(app: Flask, centre: Settings) -> None:
    people(app, 1)
    keys.save(keys.generate(), centre.data / "keys")
    with pytest.raises(click.ClickException, match="none of these keys opens"):
        rotate.run(centre)
    assert len(keys.load(centre.data / "keys").encryption) == 2


def test_every_encrypted_column_is_found() -> None:
    found = {
        f"{table.name}.{c.name}" for table, columns in rotate.encrypted_columns().items() for c in columns
    }
    assert {"account.email", "idea.contact", "draft.content", "message.body"} <= found
