"""Somebody calls: they come with three, they need something else."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.events.kinds import Cause, CompanionRole
from engage.events.models import EventQuestion
from engage.events.signing.models import SignUp, SignUpChange
from engage.intake.models import Reply
from engage.journal.models import Entry
from engage.outbox.models import Channel, Message
from tests import make
from tests.browser import Visitor
from tests.events.signing.people import signed

HOME = "/equipe/evenements/inscriptions"
BESIDE = {f"role_{place}": "" for place in range(1, 6)} | {"needs_words": ""}


@pytest.fixture
def engine_name() -> str:
    """What the database decides is tried on both engines in `signing`."""
    return "sqlite"


@pytest.fixture
def lea(app: Flask) -> str:
    """Her code: reached by phone, with her child, on a date of four places."""
    with app.app_context():
        date = make.occurrence(make.event(capacity=4))
        db.session.add(EventQuestion(event_id=date.event_id, position=1, text="Votre rythme ?"))
        said: dict[str, Any] = {
            "companions": [(CompanionRole.CHILD, "Inès")],
            "answers": ["Lent"],
            "needs_words": "Un banc",
        }
        made = signed(date, "Léa", reply=Reply.PHONE, contact="04 00 00 00 01", **said)
        return made.code


def test_the_team_changes_it_and_the_person_is_called(app: Flask, chloe: Visitor, lea: str) -> None:
    with app.app_context():
        date = db.session.scalars(select(SignUp)).one().occurrence.code
    chloe.get(f"/equipe/evenements/dates/{date}")
    chloe.post(f"/equipe/evenements/dates/{date}/liste", status=200)
    assert f"{HOME}/{lea}/ouvrir" in chloe.page
    chloe.post(f"{HOME}/{lea}/ouvrir", status=200)
    for words in ("Inès", "Lent", "Un banc"):
        assert words in chloe.page, words
    typed = BESIDE | {"role_1": "child", "name_1": "Inès", "role_2": "carer", "answer_1": "Vite"}
    chloe.post(f"{HOME}/{lea}/changement", typed | {"role_3": "chat"}, status=422)
    chloe.follow(chloe.post(f"{HOME}/{lea}/changement", typed | {"needs": ["quiet"], "photos": "y"}))
    assert "La personne en est informée" in chloe.page
    with app.app_context():
        made = db.session.scalars(select(SignUp)).one()
        assert (made.party, made.said, made.needs, made.agrees_to_photos) == (3, ["Vite"], ["quiet"], True)
        assert made.needs_words is None
        last = db.session.scalars(select(SignUpChange).order_by(SignUpChange.id.desc())).first()
        assert last is not None
        assert (last.cause, last.by_id) == (Cause.TEAM, chloe.account_id)
        (told,) = db.session.scalars(select(Message).filter_by(channel=Channel.PHONE))
        assert "3 personnes" in (told.body or "")
        verbs = db.session.scalars(select(Entry.verb)).all()
        assert verbs.count("guests viewed") == 2
        assert "sign-up changed" in verbs


def test_not_more_than_the_room_holds_and_nothing_typed_is_lost(app: Flask, chloe: Visitor, lea: str) -> None:
    with app.app_context():
        signed(db.session.scalars(select(SignUp)).one().occurrence, "Omar", 2)
    chloe.post(f"{HOME}/{lea}/ouvrir", status=200)
    typed = BESIDE | {"role_1": "child", "role_2": "carer", "needs_words": "Une chaise"}
    chloe.post(f"{HOME}/{lea}/changement", typed, status=409)
    assert "plus de place libre" in chloe.page
    assert "Une chaise" in chloe.page
    with app.app_context():
        assert db.session.scalars(select(SignUp.party).order_by(SignUp.id)).all() == [2, 2]


def test_only_the_team_and_only_before_the_end(app: Flask, lea: str, amina: Visitor, chloe: Visitor) -> None:
    with app.app_context():
        relay = Visitor(app, make.account("Rémi", Role.RELAY).id)
        db.session.commit()
    for visitor in (amina, relay):
        visitor.post(f"{HOME}/{lea}/ouvrir", status=403)
        visitor.post(f"{HOME}/{lea}/changement", BESIDE, status=403)
    chloe.get(f"{HOME}/{lea}/changement", status=302)
    with app.app_context():
        date = db.session.scalars(select(SignUp)).one().occurrence
        lasts = date.ends_at - date.starts_at
        date.starts_at, date.ends_at = now() - 2 * lasts, now() - lasts
        db.session.commit()
    chloe.post(f"{HOME}/{lea}/changement", BESIDE, status=409)
    assert "Cette date est passée" in chloe.page
