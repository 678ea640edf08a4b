"""Other doors than one's own telephone: the tablet of the waiting room, a relay, the team at the desk."""

from __future__ import annotations

import pytest
from flask import Flask

from engage.accounts.models import Role
from engage.core.db import db
from engage.events.letters import spoken
from engage.events.signing.commands import tell_newcomers
from engage.events.signing.models import SignUp
from engage.intake.models import Door, Reply
from engage.outbox.models import Message
from tests import make
from tests.browser import Visitor
from tests.events.agenda.test_entering import NAMED, enter, noted, sign_ups
from tests.events.agenda.test_reading import planned


@pytest.fixture
def engine_name() -> str:
    """What the database decides is tried on both engines in `signing`."""
    return "sqlite"


@pytest.fixture
def tablet(app: Flask, chloe: Visitor) -> Visitor:
    chloe.post("/equipe/bornes", {"name": "Salle d’attente"})
    address = chloe.get("/equipe/bornes").text.split("/borne/")[1].split("<")[0].split('"')[0]
    visitor = Visitor(app)
    visitor.get(f"/borne/{address}")
    visitor.post(f"/borne/{address}", {})
    visitor.get(f"/borne/{address}")
    return visitor


def test_on_the_tablet_one_signs_up_and_leaves_no_trace(app: Flask, tablet: Visitor) -> None:
    assert "Voir les dates" not in tablet.page
    code = planned(app, capacity=1)
    tablet.get("/evenements/borne")
    assert f"/evenements/{code}/inscription" in tablet.page
    enter(tablet, code, {"reply": "reception", "email": ""})
    tablet.get(f"/evenements/{code}/inscription/recue")
    assert len(noted(tablet.page)) == 11
    assert "Effacer et recommencer" in tablet.page
    (one,) = sign_ups(app)
    assert (one.door, one.reply) == (Door.KIOSK, Reply.RECEPTION)
    # The tablet goes nowhere else, and the next one sees nothing of it.
    tablet.get(f"/evenements/inscription/{one.code}", status=302)
    with tablet.client.session_transaction() as kept:
        wiped = f"/borne/{kept['kiosk']}/effacer"
        assert "follow" not in kept
    tablet.post(wiped, {})
    tablet.get(f"/evenements/{code}/inscription/recue", status=302)


def test_a_relay_signs_somebody_up_and_sees_nobody_else(app: Flask) -> None:
    with app.app_context():
        remi = make.account("Rémi", Role.RELAY)
        db.session.commit()
        relay = Visitor(app, remi.id)
    code = planned(app)
    relay.get(f"/evenements/{code}")
    assert "Inscrire quelqu’un" in relay.page
    enter(relay, code, NAMED, status=422)
    assert "cochez cette case" in relay.page
    enter(relay, code, NAMED | {"consent": "y"})
    assert "avec son accord" in relay.page
    relay.get(f"/evenements/{code}/inscription/recue")
    secret = noted(relay.page)
    (one,) = sign_ups(app)
    assert (one.name, one.door, one.account_id, one.entered_by_id) == (
        "Léa Martin",
        Door.RELAY,
        None,
        relay.account_id,
    )
    relay.get(f"/evenements/inscription/{one.code}", status=404)
    lea = Visitor(app)
    lea.get("/suivi")
    lea.post("/suivi", {"code": secret})
    lea.get(f"/evenements/inscription/{one.code}")


def test_the_team_says_how_somebody_came(app: Flask, chloe: Visitor) -> None:
    code = planned(app)
    chloe.get(f"/equipe/evenements/dates/{code}/inscription")
    said = {"name": "Paul", "reply": "phone", "phone": "06 12 34 56 78", "door": "phone"}
    said |= {"language": "fr", **{f"role_{place}": "" for place in range(1, 6)}}
    chloe.post(f"/equipe/evenements/dates/{code}/inscription", said, status=200)
    (one,) = sign_ups(app)
    assert one.door is Door.PHONE
    with app.app_context():
        assert spoken(one.code) in chloe.page
        tell_newcomers()
        assert not db.session.query(Message).all()  # nobody is called for what they heard on the phone
    chloe.get(f"/equipe/evenements/dates/{code}")
    chloe.post(f"/equipe/evenements/dates/{code}/liste", {}, status=200)
    assert "Inscription : par téléphone" in chloe.page.replace("\u00a0", " ")
    with app.app_context():
        assert db.session.get_one(SignUp, one.id).entered_by_id == chloe.account_id
