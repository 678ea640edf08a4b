"""My own dates under a secret address that I can take back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from engage.core.clock import now
from engage.core.db import db
from engage.events import queries as events
from engage.events.agenda.personal.models import CalendarKey
from engage.events.signing import actions
from engage.events.signing import queries as signs
from tests import make
from tests.browser import Visitor
from tests.events.agenda.test_calendars import read
from tests.events.agenda.test_reading import planned
from tests.events.signing.people import signed

MANAGE = "/evenements/inscription/agenda"


@pytest.fixture
def address(app: Flask, amina: Visitor) -> str:
    """Amina has a place at one date, waits for another, and has an address."""
    comes = planned(app, "Atelier VIH", neutral_title="Rencontre", capacity=1)
    waits = planned(app, "Ciné-débat", capacity=1)
    planned(app, "Une date d’autres")
    with app.test_request_context("/", method="POST"):
        signed(events.get_occurrence(waits), "Paul")
        for code in (comes, waits):
            signed(events.get_occurrence(code), account=amina.account)
    assert "Me donner une adresse" in amina.get(MANAGE).text
    return given(amina)


def given(visitor: Visitor) -> str:
    page = visitor.post(MANAGE, status=200).text
    found = re.search(r"/evenements/personnel/[\w-]+\.ics", page)
    assert found is not None
    return found[0]


def test_a_program_reads_where_i_have_a_place(address: str, nobody: Visitor) -> None:
    assert [str(entry["summary"]) for entry in read(nobody, address).values()] == ["Rencontre"]
    text = nobody.get(address).text
    assert "VIH" not in text
    assert "Amina" not in text


def test_the_address_is_shown_once_and_kept_as_a_digest(app: Flask, address: str, amina: Visitor) -> None:
    assert "/personnel/" not in amina.get(MANAGE).text
    assert "Vous avez une adresse depuis" in amina.page
    with app.app_context():
        key = db.session.query(CalendarKey).one()
        assert key.digest not in address
        assert address.rsplit("/", maxsplit=1)[1].removesuffix(".ics") not in key.digest


def test_a_new_address_ends_the_old_one(address: str, amina: Visitor, nobody: Visitor) -> None:
    amina.get(MANAGE)
    other = given(amina)
    assert other != address
    nobody.get(address, status=404)
    nobody.get(other)


def test_an_address_is_taken_back(address: str, amina: Visitor, nobody: Visitor) -> None:
    amina.get(MANAGE)
    assert "n’ouvre plus rien" in amina.follow(amina.post(f"{MANAGE}/fin")).text
    nobody.get(address, status=404)
    amina.follow(amina.post(f"{MANAGE}/fin"))


def test_an_account_that_has_ended_has_no_calendar(
    app: Flask, address: str, amina: Visitor, nobody: Visitor
) -> None:
    with app.app_context():
        amina.account.ended_at = now()
        db.session.commit()
    nobody.get(address, status=404)


def test_strangers_and_guesses_open_nothing(nobody: Visitor) -> None:
    assert nobody.get(MANAGE, status=302).headers["Location"].startswith("/connexion")
    nobody.get("/evenements/personnel/abc.ics", status=404)


def test_what_is_called_off_says_so_and_what_i_left_goes(
    app: Flask, address: str, amina: Visitor, nobody: Visitor
) -> None:
    other = planned(app, "Quittée")
    with app.test_request_context("/", method="POST"):
        mine = {one.occurrence.event.title: one for one in signs.of_account(amina.account)}
        actions.cancel_occurrence(mine["Atelier VIH"].occurrence, "Orage.", by=make.account("Chloé"))
        left = signed(events.get_occurrence(other), account=amina.account)
        actions.cancel(left)
        db.session.commit()
    assert [str(entry["summary"]) for entry in read(nobody, address).values()] == ["ANNULÉ – Rencontre"]
    with app.app_context():
        date = next(one for one in signs.of_account(amina.account) if one.occurrence.is_cancelled).occurrence
        date.cancelled_at = now() - timedelta(days=31)
        db.session.commit()
    assert read(nobody, address) == {}
