"""/healthz says whether the database is there and at the shape of this version."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from engage.core import migrate


def test_all_is_well(app: Flask) -> None:
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 200
    head = migrate.head()
    assert answer.json == {"status": "ok", "database": {"state": "ok", "revision": head, "head": head}}


def test_another_revision_is_not_well(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "present", lambda: "0000")
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json
    assert answer.json["database"]["state"] == "behind"


def test_a_database_that_is_gone_is_not_well(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("SELECT 1", {}, Exception("no connection"))

    monkeypatch.setattr(migrate, "present", gone)
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json
    assert answer.json["database"]["state"] == "down"
