"""A mail server, and settings that name it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask

from engage.core.config import Settings
from engage.core.db import db
from engage.outbox import actions
from engage.outbox.models import Channel, Kind, Message
from tests.outbox.server import Desk, listening

SENDER = "Les Tilleuls <voix@tilleuls.example>"
Writer = Callable[..., Message]


def use(app: Flask, **changed: object) -> Settings:
    """Give the site other settings."""
    settings: Settings = app.extensions["engage_settings"].model_copy(update=changed)
    app.extensions["engage_settings"] = settings
    return settings


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    """The mail server of this site."""
    with listening() as server:
        use(
            app,
            smtp_host="127.0.0.1",
            smtp_port=server.port,
            mail_from="Les Tilleuls <voix@tilleuls.example>",
        )
        yield server.desk


@pytest.fixture
def write(session: None) -> Writer:
    """Write a committed mail; say only what matters."""

    def written(key: str = "news 1", **said: object) -> Message:
        facts = {"kind": Kind.NEWS, "channel": Channel.MAIL, "address": "amina@exemple.fr", "person": "Amina"}
        facts |= {"subject": "Votre idée avance", "body": "Bonjour Amina,\n\nLe banc est commandé.\n"}
        message = actions.write(key=key, **facts | said)  # type: ignore[arg-type]
        assert message is not None
        db.session.commit()
        return message

    return written


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(datetime.fromisoformat("2026-06-09T10:00:00+00:00"), tick=False) as traveller:
        yield traveller
