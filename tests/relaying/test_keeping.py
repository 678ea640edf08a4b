"""For whom something was brought is forgotten when it is over and told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.signing.models import SignUp
from engage.ideas.models import Idea
from engage.involvement.carrying import actions
from engage.involvement.models import Carried
from engage.outbox.models import Message
from engage.relaying import commands
from tests import make
from tests.browser import Visitor
from tests.events.signing.people import signed
from tests.relaying.conftest import brings
from tests.relaying.test_views import answered

LONG_AGO = timedelta(days=200)


def person(app: Flask) -> str | None:
    with app.app_context():
        commands.forget_people()
        return db.session.scalars(select(Carried.person)).one()


def aged(app: Flask, closed_at: datetime | None = None) -> None:
    with app.app_context():
        past = now() - LONG_AGO
        db.session.execute(update(Carried).values(carried_at=past, consented_at=past))
        db.session.execute(update(Idea).values(closed_at=closed_at))
        db.session.commit()


def test_an_idea_that_is_open_keeps_its_person(app: Flask, nadia: Visitor) -> None:
    brings(app, nadia)
    aged(app)
    assert person(app) == "Lucette"


def test_an_idea_that_nobody_ever_closes_forgets_them_after_24_months(app: Flask, nadia: Visitor) -> None:
    brings(app, nadia)
    for days, known in ((720, "Lucette"), (740, None)):
        with app.app_context():
            past = now() - timedelta(days=days)
            db.session.execute(update(Carried).values(carried_at=past, consented_at=past))
            db.session.commit()
        assert person(app) == known


def test_an_idea_that_is_long_closed_forgets_them(app: Flask, nadia: Visitor) -> None:
    brings(app, nadia)
    aged(app, closed_at=now() - timedelta(days=100))
    assert person(app) == "Lucette"
    aged(app, closed_at=now() - timedelta(days=190))
    assert person(app) is None
    nadia.get("/relais")
    assert "Lucette" not in nadia.page


def test_what_is_still_to_be_told_is_kept(app: Flask, nadia: Visitor) -> None:
    code = brings(app, nadia)
    answered(app, code)
    aged(app, closed_at=now() - LONG_AGO)
    assert person(app) == "Lucette"
    with app.app_context():
        told = update(Message).values(state="told", told_at=now() - timedelta(days=100))
        db.session.execute(told)
        db.session.commit()
    assert person(app) == "Lucette"
    with app.app_context():
        db.session.execute(update(Message).values(told_at=now() - LONG_AGO))
        db.session.commit()
    assert person(app) is None


def test_a_sign_up_is_over_with_its_date(app: Flask, nadia: Visitor) -> None:
    with app.app_context():
        date = make.occurrence(make.event(), starts_at=now() - timedelta(days=190))
        one = signed(make.occurrence(make.event()), "Lucette")
        actions.carry("sign-up", one.code, relay=nadia.account, person="Lucette", consented_at=now())
        db.session.commit()
        past, number = date.id, one.id
    aged(app)
    assert person(app) == "Lucette"
    with app.app_context():
        db.session.execute(update(SignUp).where(SignUp.id == number).values(occurrence_id=past))
        db.session.commit()
    assert person(app) is None


@pytest.mark.usefixtures("session")
def test_nobody_says_yes_tomorrow(app: Flask) -> None:
    with pytest.raises(Refused):
        actions.carry(
            "idea", "abcd", relay=make.account(), person="", consented_at=now() + timedelta(minutes=5)
        )
    db.session.rollback()


@pytest.mark.usefixtures("session")
def test_a_thing_is_carried_once() -> None:
    relay = make.account()
    first = actions.carry("idea", "abcd", relay=relay, person="Lucette", consented_at=now())
    again = actions.carry("idea", "abcd", relay=relay, person="Autre", consented_at=now())
    assert again.id == first.id
    assert again.person == "Lucette"
