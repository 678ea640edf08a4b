"""The days of the stories: a real one and a small one of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.accounts.models import Account
from engage.core.db import db
from engage.events.models import Event
from engage.events.programme import actions, reading

SMALL = Path(__file__).with_name("day.yaml")
REAL = Path(__file__).parents[4] / "shared" / "data" / "journee_2021.yaml"
has_real = pytest.mark.skipif(
    not REAL.is_file(), reason="the folder of real data is not beside this checkout"
)


def brought_in(path: Path = SMALL, *, publish: bool = True, by: Account | None = None) -> Event:
    """The event of a file; needs an application context."""
    event = actions.bring_in(reading.parse(path.read_bytes()), publish=publish, by=by)
    db.session.commit()
    return event
