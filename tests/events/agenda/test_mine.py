"""What I signed up for: how it stands, taking or leaving a place, changing who comes; a GET only shows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from engage.core.clock import now
from engage.core.db import db
from engage.events import queries as events
from engage.events.kinds import CompanionRole, SignUpState
from engage.events.signing import actions
from engage.events.signing.commands import tell_newcomers
from engage.events.signing.models import SignUp
from engage.outbox.models import Message
from tests import make
from tests.browser import Visitor
from tests.events.agenda.test_entering import enter, noted, sign_ups
from tests.events.agenda.test_reading import planned
from tests.events.signing.people import signed

HERE = "/evenements/inscription"
PARTY = {"role_1": "child", "name_1": "Léo", "needs": ["quiet"], "needs_words": "Une chaise."}


@pytest.fixture
def engine_name() -> str:
    """The rules behind these pages are tried on both engines in `signing`."""
    return "sqlite"


def place_of(app: Flask, number: int) -> tuple[str, SignUpState]:
    one = sign_ups(app)[number]
    return one.code, one.state


def entered(app: Flask, code: str, name: str) -> Visitor:
    visitor = Visitor(app)
    enter(visitor, code, {"name": name, "email": f"{name.lower()}@exemple.fr"})
    return visitor


@pytest.fixture
def offered(app: Flask, nobody: Visitor) -> Visitor:
    """Two people for one place; the first one leaves, and the second is offered it."""
    code = planned(app, capacity=1, days=20)
    first, second = entered(app, code, "Paul"), entered(app, code, "Rosa")
    mine = place_of(app, 0)[0]
    first.get(f"{HERE}/{mine}/annulation")
    first.follow(first.post(f"{HERE}/{mine}/annulation"))
    return second


def test_the_follow_up_code_opens_my_page(app: Flask, nobody: Visitor) -> None:
    code = planned(app, place="Salle 2")
    first = entered(app, code, "Paul")
    secret = noted(first.get(f"/evenements/{code}/inscription/recue").text)
    mine = place_of(app, 0)[0]
    nobody.get(f"{HERE}/{mine}", status=404)
    nobody.get("/suivi")
    page = nobody.follow(nobody.post("/suivi", {"code": secret})).text
    assert "Vous avez votre place" in page
    assert "paul@exemple.fr" in page
    assert nobody.get(HERE, status=302).headers["Location"] == f"{HERE}/{mine}"
    nobody.follow(nobody.post("/suivi/fin"))
    nobody.get(f"{HERE}/{mine}", status=404)
    nobody.get(f"/evenements/{code}/inscription/recue", status=302)


def test_my_page_is_closed_to_others(app: Flask, amina: Visitor) -> None:
    entered(app, planned(app), "Paul")
    mine = place_of(app, 0)[0]
    for path in ("", "/annulation", "/changement", ".ics"):
        amina.get(f"{HERE}/{mine}{path}", status=404)
    for path in ("/place", "/refus", "/annulation", "/changement"):
        amina.post(f"{HERE}/{mine}{path}", status=404)
    assert place_of(app, 0)[1] is SignUpState.CONFIRMED


def test_looking_changes_nothing(app: Flask, offered: Visitor) -> None:
    """Scanners of mails open every link."""
    mine = place_of(app, 1)[0]
    for path in ("", "/annulation", "/changement", ".ics"):
        offered.get(f"{HERE}/{mine}{path}")
    for path in ("/place", "/refus"):
        offered.get(f"{HERE}/{mine}{path}", status=405)
    assert place_of(app, 1)[1] is SignUpState.OFFERED


def test_who_waits_sees_how_many_are_before(app: Flask, nobody: Visitor) -> None:
    code = planned(app, capacity=1)
    for name in ("Paul", "Rosa", "Omar"):
        last = entered(app, code, name)
    page = last.get(f"{HERE}/{place_of(app, 2)[0]}").text
    assert "1 demande est avant la vôtre" in page
    assert "Quitter la liste d’attente" in page


def test_an_offered_place_is_taken(app: Flask, offered: Visitor) -> None:
    mine = place_of(app, 1)[0]
    assert "Une place est libre pour vous" in offered.get(f"{HERE}/{mine}").text
    assert "La place est à vous" in offered.follow(offered.post(f"{HERE}/{mine}/place")).text
    assert place_of(app, 1)[1] is SignUpState.CONFIRMED


def test_an_offered_place_is_left_to_somebody_else(app: Flask, offered: Visitor) -> None:
    mine = place_of(app, 1)[0]
    offered.get(f"{HERE}/{mine}")
    assert "quelqu’un d’autre" in offered.follow(offered.post(f"{HERE}/{mine}/refus")).text
    assert place_of(app, 1)[1] is SignUpState.CANCELLED


def test_a_stale_offer_is_refused_in_words(app: Flask, offered: Visitor) -> None:
    mine = place_of(app, 1)[0]
    offered.get(f"{HERE}/{mine}")
    with time_machine.travel(now() + timedelta(days=5), tick=True):
        page = offered.post(f"{HERE}/{mine}/place", status=409).text
    assert "Cette proposition valait jusqu’au" in page


def test_two_tabs_one_cancels_one_takes(app: Flask, offered: Visitor) -> None:
    mine = place_of(app, 1)[0]
    offered.get(f"{HERE}/{mine}")
    old = offered.hidden()
    offered.follow(offered.post(f"{HERE}/{mine}/refus", old))
    offered.post(f"{HERE}/{mine}/place", old, status=409)
    again = offered.follow(offered.post(f"{HERE}/{mine}/refus", old)).text
    assert "Votre inscription est annulée" in again


def test_changing_who_comes_keeps_the_rest(app: Flask, nobody: Visitor) -> None:
    code = planned(app, capacity=3)
    enter(
        nobody, code, {"role_1": "child", "name_1": "Léo", "needs": ["quiet"], "needs_words": "Une chaise."}
    )
    mine = place_of(app, 0)[0]
    page = nobody.get(f"{HERE}/{mine}/changement").text
    assert 'value="Léo"' in page
    assert "Une chaise." in page
    said = {"role_1": "child", "name_1": "Léo", "role_2": "carer", "needs": ["hearing"], "needs_words": ""}
    page = nobody.follow(nobody.post(f"{HERE}/{mine}/changement", said)).text
    assert "Pour 3 personnes" in page
    (made,) = sign_ups(app)
    assert [one.role for one in made.companions] == [CompanionRole.CHILD, CompanionRole.CARER]
    assert made.needs == ["hearing"]
    assert not made.needs_words


def test_a_party_that_finds_no_room_stays_as_it_was(app: Flask, nobody: Visitor) -> None:
    code = planned(app, capacity=1)
    enter(nobody, code)
    mine = place_of(app, 0)[0]
    nobody.get(f"{HERE}/{mine}/changement")
    nobody.post(f"{HERE}/{mine}/changement", {"role_1": "child"}, status=409)
    nobody.get(f"{HERE}/{mine}/changement")
    said = {f"role_{place}": "child" for place in range(1, 8)}
    assert "5 personnes au plus" in nobody.post(f"{HERE}/{mine}/changement", said, status=422).text
    assert sign_ups(app)[0].party == 1


def test_words_of_distress_in_a_change(app: Flask, nobody: Visitor) -> None:
    enter(nobody, planned(app))
    mine = place_of(app, 0)[0]
    nobody.get(f"{HERE}/{mine}/changement")
    page = nobody.post(f"{HERE}/{mine}/changement", {"needs_words": "Je veux mourir."}, status=200).text
    assert "3114" in page
    assert f"{HERE}/{mine}" in page


def test_the_link_from_home_is_for_who_has_a_place(app: Flask, nobody: Visitor) -> None:
    code = planned(app, capacity=1, online_link="https://visio.exemple.fr/secret")
    first, second = entered(app, code, "Paul"), entered(app, code, "Rosa")
    for visitor, number, sees in ((first, 0, True), (second, 1, False)):
        mine = place_of(app, number)[0]
        assert ("visio.exemple.fr" in visitor.get(f"{HERE}/{mine}").text) is sees
        assert ("visio.exemple.fr" in visitor.get(f"{HERE}/{mine}.ics").text.replace("\r\n ", "")) is sees
    assert "visio.exemple.fr" not in nobody.get(f"/evenements/{code}.ics").text.replace("\r\n ", "")


def test_a_date_that_is_cancelled_or_over_only_shows(app: Flask, nobody: Visitor) -> None:
    code = planned(app)
    enter(nobody, code)
    mine = place_of(app, 0)[0]
    with app.test_request_context("/", method="POST"):
        actions.cancel_occurrence(events.get_occurrence(code), "Alerte orage.", by=make.account("Chloé"))
        db.session.commit()
    page = nobody.get(f"{HERE}/{mine}").text
    assert "Cette date est annulée" in page
    assert "Alerte orage." in page
    for path in ("/annulation", "/changement"):
        assert nobody.get(f"{HERE}/{mine}{path}", status=302).headers["Location"] == f"{HERE}/{mine}"


def test_who_left_may_sign_up_again(app: Flask, nobody: Visitor) -> None:
    code = planned(app)
    enter(nobody, code)
    mine = place_of(app, 0)[0]
    nobody.get(f"{HERE}/{mine}/annulation")
    page = nobody.follow(nobody.post(f"{HERE}/{mine}/annulation")).text
    assert "M’inscrire à nouveau" in page
    assert "Vous avez votre place" in nobody.follow(enter(nobody, code)).text


def test_who_misses_a_date_of_their_group_may_come_all_the_same(app: Flask, nobody: Visitor) -> None:
    """A reminder leads to this page, not to that of the group."""
    code = planned(app)
    enter(nobody, code)
    with app.app_context():
        db.session.execute(update(SignUp).values(state=SignUpState.EXCUSED))
        db.session.commit()
    assert "M’inscrire à nouveau" in nobody.get(f"{HERE}/{place_of(app, 0)[0]}").text
    assert "Vous avez votre place" in nobody.follow(enter(nobody, code)).text


def test_an_account_finds_all_it_has(app: Flask, amina: Visitor) -> None:
    assert "Vous n’êtes inscrit à aucune date" in amina.get(HERE).text
    code = planned(app, "Atelier mémoire")
    with app.test_request_context("/", method="POST"):
        signed(events.get_occurrence(code), account=amina.account)
    page = amina.get(HERE).text
    assert "Atelier mémoire" in page
    mine = place_of(app, 0)[0]
    amina.get(f"{HERE}/{mine}")
    assert "Oublier sur cet appareil" not in amina.page


def test_nobody_known_is_asked_for_the_code(nobody: Visitor) -> None:
    assert nobody.get(HERE, status=302).headers["Location"] == "/suivi"


def test_codes_of_others_open_nothing(app: Flask, nobody: Visitor) -> None:
    code = planned(app)
    entered(app, code, "Paul")
    enter(nobody, code)
    with app.app_context():
        paul = db.session.query(SignUp).order_by(SignUp.id).first()
        assert paul is not None
        theirs = paul.code
    nobody.post(f"{HERE}/{theirs}/annulation", status=404)
    assert place_of(app, 0)[1] is SignUpState.CONFIRMED


def test_the_address_in_a_mail_opens_with_a_button(app: Flask, nobody: Visitor) -> None:
    entered(app, planned(app, "Atelier VIH", neutral_title="Rencontre"), "Paul")
    mine = place_of(app, 0)[0]
    with app.app_context():
        tell_newcomers()
        (mail,) = db.session.scalars(select(Message))
    way = re.search(rf"{HERE}/{mine}/ouvrir/\w+", mail.body)
    assert way is not None
    page = nobody.get(way[0]).text
    assert "Ouvrir mon inscription" in page
    assert "VIH" not in page
    nobody.get(f"{HERE}/{mine}", status=404)
    nobody.get(way[0])
    assert "Vous avez votre place" in nobody.follow(nobody.post(way[0])).text
    Visitor(app).get(f"{way[0][:-1]}x", status=404)
    Visitor(app).post(f"{HERE}/{mine}/ouvrir/é", status=404)
