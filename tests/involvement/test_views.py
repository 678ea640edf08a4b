"""Taking part, as somebody without an account does it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from time_machine import travel

from engage.core.clock import now
from engage.core.db import db
from engage.intake.models import Door, Kiosk, Reply
from engage.involvement import commands
from engage.involvement.models import Person, SourceKind, Stage
from engage.involvement.sources import actions as sources
from engage.outbox.models import Message
from tests.browser import Visitor
from tests.involvement.people import met

WISH: dict[str, Any] = {"acts": ["read", "group"], "whens": ["evening"], "how_long": "monthly"}
NONE = {"reply": "none", "email": "", "phone": "", "address": "", "name": "Amina"}


def people() -> list[Person]:
    return list(db.session.scalars(select(Person).order_by(Person.id)))


def test_six_cards_from_the_lightest_to_the_deepest(nobody: Visitor) -> None:
    nobody.get("/participer")
    titles = re.findall(r"<h3>(.*?)</h3>", nobody.page)
    assert titles[0] == "Répondre à une question"
    assert titles[-1] == "Devenir patient·e partenaire"
    assert len(titles) == 6
    assert nobody.page.count("Temps\u00a0:") == 6


def test_wishes_without_a_contact_give_a_number_that_opens_ones_page(app: Flask, nobody: Visitor) -> None:
    nobody.get("/participer/envies?envie=read")
    assert re.search(r'value="read" checked', nobody.page)
    nobody.follow(nobody.post("/participer/envies", {**WISH, **NONE}))
    found = re.search(r'translate="no">(.*?)<', nobody.page)
    assert found
    stranger = Visitor(app)
    stranger.get("/suivi")
    stranger.follow(stranger.post("/suivi", {"code": found[1]}))
    assert "Rejoindre un groupe" in stranger.page
    assert "1 ou 2 heures par mois" in stranger.page


def test_a_double_click_is_one_person_and_one_number(app: Flask, nobody: Visitor) -> None:
    nobody.get("/participer/envies")
    fields = nobody.hidden() | {**WISH, **NONE}
    nobody.post("/participer/envies", fields)
    nobody.post("/participer/envies", fields)
    with app.app_context():
        assert len(people()) == 1


def test_nobody_learns_whether_somebody_is_known(app: Flask) -> None:
    """The same address twice: the same page, one person, a link in their mail alone."""
    pages = []
    for _time in range(2):
        visitor = Visitor(app)
        visitor.get("/participer/envies")
        visitor.follow(
            visitor.post("/participer/envies", {**WISH, **NONE, "reply": "mail", "email": "amina@exemple.fr"})
        )
        pages.append(re.sub(r'(nonce|value|content)="[^"]*"', "", visitor.page))
    assert pages[0] == pages[1]
    assert 'translate="no"' not in pages[0]
    with app.app_context():
        assert len(people()) == 1
        mail = db.session.scalars(select(Message)).one()
        link = re.search(r"http\S+/participer/ma-page/\S+", mail.body)
        assert link
        address = link[0].removeprefix("http://127.0.0.1:8000")
    reader = Visitor(app)
    reader.get(address)
    reader.follow(reader.post(address))
    assert "amina@exemple.fr" in reader.page


def test_typed_words_stay_when_something_misses(nobody: Visitor) -> None:
    nobody.get("/participer/envies")
    nobody.post("/participer/envies", {**WISH, "reply": "phone", "phone": "", "name": "Amina"}, status=422)
    assert 'value="Amina"' in nobody.page
    assert nobody.page.count(" checked") == 5
    nobody.post("/participer/envies", {**NONE, "acts": [], "how_long": ""}, status=422)
    assert "Cochez au moins une chose" in nobody.page


def test_not_now_is_an_answer_that_is_not_asked_again(app: Flask, nobody: Visitor) -> None:
    nobody.get("/participer")
    nobody.follow(nobody.post("/participer/pas-maintenant"))
    nobody.get("/participer")
    assert "Vous avez déjà répondu" in nobody.page
    assert "/participer/pas-maintenant" not in nobody.page
    with app.app_context():
        person = people()[0]
        assert person.declined_at is not None
        assert (person.stage, person.name, person.contact) == (Stage.CONTACT, None, None)


def test_who_is_signed_in_is_asked_neither_name_nor_contact(app: Flask, amina: Visitor) -> None:
    amina.get("/participer/envies")
    assert 'name="reply"' not in amina.page
    amina.follow(amina.post("/participer/envies", WISH))
    amina.get("/participer/envies")
    assert nobody_asks_again(amina.page)
    amina.follow(amina.get("/participer/ma-page", status=302))
    assert "Rejoindre un groupe" in amina.page
    with app.app_context():
        person = people()[0]
        assert person.account_id == amina.account_id
        assert person.door is Door.WEB


def nobody_asks_again(page: str) -> bool:
    """What was ticked before is ticked."""
    return 'value="group" checked' in page and 'value="evening" checked' in page


def test_the_tablet_offers_it_and_forgets_it(app: Flask) -> None:
    with app.app_context():
        db.session.add(Kiosk(code="tablette", name="Accueil", opened_at=now()))
        db.session.commit()
    tablet = Visitor(app)
    tablet.get("/borne/tablette")
    tablet.follow(tablet.post("/borne/tablette"))
    assert "/participer" in tablet.page
    tablet.get("/participer")
    assert "/questionnaires" not in tablet.page
    tablet.get("/participer/envies?envie=question")
    tablet.follow(tablet.post("/participer/envies", {**WISH, **NONE}))
    assert 'translate="no"' in tablet.page
    tablet.post("/borne/tablette/effacer")
    tablet.get("/participer")
    assert "/participer/pas-maintenant" in tablet.page
    with app.app_context():
        assert people()[0].door is Door.KIOSK


def test_a_scanned_poster_is_remembered_with_the_wish(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        poster = sources.make(kind=SourceKind.POSTER, label="Affiche 12", by=chloe.account)
        db.session.commit()
        code = poster.code
    phone = Visitor(app)
    phone.follow(phone.get(f"/p/{code}", status=302))
    phone.get("/participer/envies")
    phone.post("/participer/envies", {**WISH, **NONE})
    with app.app_context():
        source = people()[0].source
        assert source is not None
        assert source.label == "Affiche 12"


def test_nobody_is_thanked_for_nothing(nobody: Visitor) -> None:
    assert nobody.get("/participer/merci", status=302).headers["Location"] == "/participer"


def test_each_way_to_be_reached_says_what_comes_next(app: Flask) -> None:
    ways = {
        "phone": ({"phone": "06 12 34 56 78"}, "vous appelle avant le"),
        "letter": ({"address": "3 place de la Mairie"}, "Vous recevez un courrier"),
        "reception": ({}, "À l’accueil, dites"),
    }
    for way, (line, words) in ways.items():
        visitor = Visitor(app)
        visitor.get("/participer/envies")
        visitor.follow(visitor.post("/participer/envies", {**WISH, **NONE, **line, "reply": way}))
        assert words in visitor.page


def test_the_reminder_of_who_has_no_mail_stands_on_the_call_list(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        met("Zoé Petit", reply=Reply.PHONE, contact="06 12 34 56 78")
        db.session.commit()
        with travel(now() + timedelta(days=31)):
            assert commands.remind() == 1
    chloe.get("/equipe/appels")
    assert "Zoé Petit" in chloe.page
    assert "Avez-vous toujours envie de participer" in chloe.page


def test_robots_fall_into_the_trap_and_keys_are_ours(nobody: Visitor) -> None:
    nobody.get("/participer/envies")
    nobody.post("/participer/envies", {**WISH, **NONE, "website": "http://x"}, status=422)
    nobody.get("/participer/envies")
    nobody.post("/participer/envies", {**WISH, **NONE, "submission_key": "x\n"}, status=422)
