"""A relay looks after those they signed up, and after nobody else."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.events.kinds import Cause, SignUpState
from engage.events.letters import spoken
from engage.events.signing.commands import tell_newcomers
from engage.events.signing.models import SignUp, SignUpChange
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make
from tests.browser import Visitor
from tests.events.agenda.test_entering import NAMED, enter, sign_ups
from tests.events.agenda.test_reading import planned

HERE = "/evenements/inscription/pour-quelqu-un"


@pytest.fixture
def engine_name() -> str:
    """What the database decides is tried on both engines in `signing`."""
    return "sqlite"


def relay_of(app: Flask, name: str) -> Visitor:
    with app.app_context():
        made = make.account(name, Role.RELAY)
        db.session.commit()
        return Visitor(app, made.id)


@pytest.fixture
def remi(app: Flask) -> Visitor:
    return relay_of(app, "Rémi")


@pytest.fixture
def lea(app: Flask, remi: Visitor) -> str:
    """The code of whom Rémi signed up for a date of two places."""
    enter(remi, planned(app, capacity=2), NAMED | {"consent": "y"})
    assert HERE in remi.get(f"/evenements/{planned_code(app)}/inscription/recue").text
    (one,) = sign_ups(app)
    return one.code


def planned_code(app: Flask) -> str:
    return sign_ups(app)[0].occurrence.code


def test_who_signed_somebody_up_changes_it_when_they_say_so(app: Flask, remi: Visitor, lea: str) -> None:
    assert HERE in remi.get("/evenements/inscription").text
    page = remi.get(HERE).text
    assert "Léa Martin" in page
    remi.get(f"{HERE}/{lea}/changement")
    remi.post(f"{HERE}/{lea}/changement", {"role_1": "chat"}, status=422)
    remi.follow(remi.post(f"{HERE}/{lea}/changement", {"role_1": "child", "needs_words": "Une chaise"}))
    assert "2 personnes" in remi.page
    remi.get(f"{HERE}/{lea}/changement")
    remi.post(f"{HERE}/{lea}/changement", {"role_1": "child", "role_2": "carer"}, status=409)
    with app.app_context():
        tell_newcomers()
        last = db.session.scalars(select(SignUpChange).order_by(SignUpChange.id.desc())).first()
        assert last is not None
        assert (last.by_id, last.cause, last.party) == (remi.account_id, Cause.TEAM, 2)
        bodies = [body or "" for body in db.session.scalars(select(Message.body))]
        assert any("2 personnes" in body for body in bodies)
        (noted,) = db.session.scalars(select(Entry).filter_by(verb="sign-up changed"))
        assert noted.actor_role == "relay"


def test_and_cancels_it(app: Flask, remi: Visitor, lea: str) -> None:
    remi.get(f"{HERE}/{lea}/annulation")
    assert sign_ups(app)[0].state is SignUpState.CONFIRMED
    remi.follow(remi.post(f"{HERE}/{lea}/annulation"))
    assert "La personne est prévenue" in remi.page
    assert f"{lea}/changement" not in remi.page
    with app.app_context():
        last = db.session.scalars(select(SignUpChange).order_by(SignUpChange.id.desc())).first()
        assert last is not None
        assert (last.by_id, last.state) == (remi.account_id, SignUpState.CANCELLED)
        told = [
            one for one in db.session.scalars(select(Message)) if "avait inscrit a annulé" in (one.body or "")
        ]
        assert [one.address for one in told] == ["lea@exemple.fr"]
        assert db.session.scalars(select(Entry.verb).filter_by(verb="sign-up cancelled")).all()
    remi.post(f"{HERE}/{lea}/changement", status=409)


def test_only_their_own(app: Flask, lea: str, nobody: Visitor, amina: Visitor) -> None:
    other = relay_of(app, "Sacha")
    assert "Léa Martin" not in other.get(HERE).text
    for deed in ("changement", "annulation"):
        other.get(f"{HERE}/{lea}/{deed}", status=404)
        other.post(f"{HERE}/{lea}/{deed}", status=404)
        amina.get(f"{HERE}/{lea}/{deed}", status=403)
        nobody.get(f"{HERE}/{lea}/{deed}", status=302)
    amina.get(HERE, status=403)


def test_what_is_over_is_theirs_no_more(app: Flask, remi: Visitor, lea: str) -> None:
    with app.app_context():
        date = db.session.scalars(select(SignUp)).one().occurrence
        gone = date.ends_at - date.starts_at
        date.starts_at, date.ends_at = now() - 2 * gone, now() - gone
        db.session.commit()
    assert "Léa Martin" not in remi.get(HERE).text
    remi.get(f"{HERE}/{lea}/changement", status=404)


def test_the_letters_for_the_door_stand_in_the_mail(app: Flask, lea: str) -> None:
    with app.app_context():
        tell_newcomers()
        (mail,) = db.session.scalars(select(Message))
        assert f"dites votre nom ou ce code\u00a0: {spoken(lea)}" in mail.body
