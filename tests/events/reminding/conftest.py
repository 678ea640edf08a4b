"""A walk on Thursday 26 November 2026 at ten, seen from any moment before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from engage.core.db import db
from engage.events.models import Occurrence
from engage.events.reminding.models import Delivery
from engage.events.signing.models import SignUp
from engage.outbox.models import Kind, Message
from tests import make
from tests.outbox.conftest import use

PARIS = ZoneInfo("Europe/Paris")
EARLY = "2026-11-10 09:00"
WEEK, DAY, HOURS, AFTER = "2026-11-19 10:00", "2026-11-25 10:00", "2026-11-26 08:00", "2026-11-27 10:00"


def wall(shown: str) -> datetime:
    """The moment when the clocks of Paris show this."""
    return datetime.fromisoformat(shown).replace(tzinfo=PARIS).astimezone(UTC)


@contextmanager
def at(shown: str) -> Iterator[time_machine.Traveller]:
    """Nothing moves: the clocks of Paris show this."""
    with time_machine.travel(wall(shown), tick=False) as clock:
        yield clock


@pytest.fixture
def walk(session: None) -> Occurrence:
    with at(EARLY):
        made = make.occurrence(
            make.event(neutral_title="Rendez-vous du jeudi", place="Parc"), starts_at=wall("2026-11-26 10:00")
        )
        db.session.commit()
        return made


@pytest.fixture
def gateway(app: Flask) -> None:
    use(app, sms_command="/bin/true")


def rows() -> list[tuple[str, str, int, str, str]]:
    """Every delivery: who, what, of which revision, by which way, what became of it."""
    found = select(Delivery).order_by(Delivery.id).execution_options(populate_existing=True)
    return [
        (row.sign_up.name or "", str(row.kind), row.revision, str(row.channel), str(row.state))
        for row in db.session.scalars(found)
    ]


def reminders() -> list[Message]:
    found = select(Message).where(Message.kind == Kind.REMINDER).order_by(Message.id)
    return list(db.session.scalars(found.execution_options(populate_existing=True)))


Signs = Callable[..., SignUp]
