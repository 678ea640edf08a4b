"""A relay who carries the words of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.clock import local, now
from engage.core.db import db
from engage.ideas.models import Idea
from tests import make
from tests.browser import Visitor


def _relay(app: Flask, name: str) -> Visitor:
    with app.app_context():
        account = make.account(name, Role.RELAY)
        db.session.commit()
        return Visitor(app, account.id)


@pytest.fixture
def nadia(app: Flask) -> Visitor:
    """A social worker."""
    return _relay(app, "Nadia")


@pytest.fixture
def remi(app: Flask) -> Visitor:
    """A pharmacist, who carries the words of other people."""
    return _relay(app, "Rémi")


@dataclass
class Words:
    """What a relay types; the yes was said just now."""

    text: str = "Le bus s’arrête trop loin, ma hanche me fait mal."
    person: str = "Lucette"

    def typed(self, **said: Any) -> dict[str, Any]:
        there = local(now(), "Europe/Paris")
        given = {
            "text": self.text, "theme": "", "person": self.person, "public": "no", "reply": "reception",
            "consent": "y", "yes_day": there.strftime("%Y-%m-%d"), "yes_hour": there.strftime("%H:%M"),
        }  # fmt: skip
        return {name: value for name, value in (given | said).items() if value is not None}


def brings(app: Flask, relay: Visitor, words: Words | None = None, **said: Any) -> str:
    """The code of the idea that this relay brought."""
    relay.get("/relais/idee")
    relay.follow(relay.post("/relais/idee", (words or Words()).typed(**said)))
    with app.app_context():
        newest = select(Idea.code).filter_by(entered_by_id=relay.account_id)
        return db.session.scalars(newest.order_by(Idea.id.desc()).limit(1)).one()
