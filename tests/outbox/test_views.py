"""The page behind the stop link: opening it does nothing, one tap is enough, and it can be taken back."""

from __future__ import annotations

import pytest
from flask import Flask

from engage.core.db import db
from engage.outbox import actions, queries
from engage.outbox.models import Channel, Kind, Message, Stop, mail_digest
from tests.browser import Visitor

ADDRESS = "amina@exemple.fr"


@pytest.fixture
def address(app: Flask) -> str:
    """Of the stop page of a mail Amina got."""
    with app.app_context():
        for kind in Kind:
            actions.write(
                key=f"mail {kind}", kind=kind, channel=Channel.MAIL, subject="S", body="B", address=ADDRESS
            )
        db.session.commit()
        return stop_page(Kind.NEWS)


def stop_page(kind: Kind) -> str:
    return f"/courrier/arreter/{actions.stop_token(f'mail {kind}')}"


def is_stopped(app: Flask, kind: Kind = Kind.NEWS) -> bool:
    with app.app_context():
        return queries.is_stopped(mail_digest(ADDRESS), kind)


def test_opening_the_link_changes_nothing(app: Flask, nobody: Visitor, address: str) -> None:
    nobody.get(address)
    nobody.get(address, method="HEAD")
    assert "Arrêter ces courriels" in nobody.page
    assert "les nouvelles des idées" in nobody.page
    assert ADDRESS not in nobody.page
    assert not is_stopped(app)


def test_one_tap_stops_this_kind_and_another_takes_it_back(app: Flask, nobody: Visitor, address: str) -> None:
    nobody.get(address)
    nobody.post(address, status=200)
    assert "Vous ne recevez plus ces courriels" in nobody.page
    assert is_stopped(app)
    assert not is_stopped(app, Kind.CONFIRMATION)
    nobody.get(address)
    assert "Vous ne recevez plus ces courriels" in nobody.page
    again = nobody.post(address.replace("arreter", "reprendre"))
    nobody.follow(again)
    assert "Vous recevrez à nouveau" in nobody.page
    assert not is_stopped(app)


def test_mail_program_stops_it_in_one_click_without_cookie_or_page(app: Flask, address: str) -> None:
    for _twice in range(2):
        answer = app.test_client().post(address, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert is_stopped(app)


def test_taking_it_back_needs_our_page(app: Flask, address: str) -> None:
    assert app.test_client().post(address.replace("arreter", "reprendre")).status_code == 400


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.can_stop])
def test_each_page_says_which_mails_it_stops(app: Flask, nobody: Visitor, address: str, kind: Kind) -> None:
    with app.app_context():
        page = stop_page(kind)
    nobody.get(page)
    nobody.post(page, status=200)
    assert is_stopped(app, kind)


def test_codes_and_alerts_have_no_such_page(app: Flask, nobody: Visitor, address: str) -> None:
    for kind in (Kind.CODE, Kind.ALERT):
        with app.app_context():
            page = stop_page(kind)
        nobody.get(page, status=404)


@pytest.mark.parametrize("token", ["x", "0" * 32, "%00", "é" * 40])
def test_unknown_link_is_not_found(nobody: Visitor, address: str, token: str) -> None:
    nobody.get(f"/courrier/arreter/{token}", status=404)
    nobody.post(f"/courrier/arreter/{token}", status=404)


def test_two_taps_at_once_stop_it_once(app: Flask, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        message = db.session.query(Message).filter_by(key="mail news").one()
        actions.stop(message)
        db.session.commit()
        said = iter([False, True])
        monkeypatch.setattr(queries, "is_stopped", lambda *_of: next(said))
        actions.stop(message)
        db.session.commit()
        assert db.session.query(Stop).count() == 1


def test_link_of_a_forgotten_mail_says_that_no_more_come(app: Flask, nobody: Visitor, address: str) -> None:
    with app.app_context():
        actions.forget_reader([ADDRESS])
        db.session.commit()
    nobody.get(address)
    nobody.post(address, status=200)
    assert "Vous ne recevez plus ces courriels" in nobody.page
    assert "changé d’avis" not in nobody.page
