"""People to tell, by each channel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from engage.core.db import db
from engage.outbox import actions as outbox
from engage.outbox.models import SENT_BY_US, Channel, Kind, Message, State
from tests import make

WAYS = {
    Channel.PHONE: ("Martine", "06 00 00 00 01"),
    Channel.RECEPTION: ("Ahmed", None),
    Channel.LETTER: ("Odette", "3 rue des Lilas\n69000 Ville"),
    Channel.MAIL: ("Karim", "karim@exemple.fr"),
    Channel.SMS: ("Inès", "06 00 00 00 05"),
}
Waiter = Callable[..., str]


@pytest.fixture
def waiting(app: Flask) -> Waiter:
    """Somebody waits to be told; gives the code of the message."""
    number = iter(range(1000))

    def written(channel: Channel = Channel.PHONE, state: State | None = None, **said: object) -> str:
        person, address = WAYS[channel]
        facts: dict[str, object] = {
            "person": person,
            "address": address,
            "whom": person,
            "kind": Kind.NEWS,
            "subject": "Votre idée avance",
        }
        facts |= {"body": "Bonjour,\n\nLe banc est commandé.", "about": ("", "")}
        with app.app_context():
            message = outbox.write(key=f"m {next(number)}", channel=channel, **facts | said)  # type: ignore[arg-type]
            assert message is not None
            message.state = state or (State.REFUSED if channel in SENT_BY_US else State.WAITING)
            message.problem = "550 5.1.1 Inconnu" if message.state is State.REFUSED else ""
            db.session.commit()
            return message.code

    return written


@pytest.fixture
def idea_code(app: Flask) -> str:
    with app.app_context():
        code: str = make.idea(title="Un banc devant la porte").code
        db.session.commit()
        return code


def states(app: Flask) -> list[State]:
    with app.app_context():
        return [message.state for message in db.session.query(Message).order_by(Message.id)]
