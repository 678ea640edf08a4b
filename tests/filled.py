"""The demo, filled once for all tests of a process that look at it: to tell its whole story takes seconds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engage.app import create_app
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.demo import house
from engage.demo.fill import fill
from tests.conftest import SECRET_KEYS

DemoCopy = Callable[[Path], None]


def _filled(folder: Path) -> Path:
    app = create_app(Settings(data=folder), SECRET_KEYS)
    with app.app_context():
        fill(app)
        db.session.remove()
        db.engine.dispose()  # the last connection to close folds the write-ahead log in
    return folder


@pytest.fixture(scope="session")
def demo_copy(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> DemoCopy:
    """Puts a folder with the demo of today where it is told to."""

    @cache
    def made(day: date) -> Path:
        folder = tmp_path_factory.mktemp(f"demo-{day}-")
        shutil.copy(sqlite_template, folder / "engage.db")
        return _filled(folder)

    def copied(target: Path) -> None:
        zone = ZoneInfo(house.read("centre")["facts"]["zone"])
        shutil.copytree(made(now().astimezone(zone).date()), target, dirs_exist_ok=True)

    return copied
