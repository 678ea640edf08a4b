"""Joining a group on one screen, one's own page of it, and the group at the desk."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.joining import actions, queries
from engage.events.joining.models import Member
from engage.events.kinds import Cause, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.planning import actions as planning
from engage.events.signing.models import SignUp, SignUpChange
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make
from tests.browser import Visitor
from tests.core import paper
from tests.events.joining.test_actions import joined, walk

CODE = re.compile(r'class="code"[^>]*>([^<]+)<')


@pytest.fixture
def date(app: Flask) -> str:
    """The code of the first of three walks."""
    with app.app_context():
        walk()
        return db.session.scalars(select(Occurrence.code).order_by(Occurrence.id)).all()[0]


def joins(nobody: Visitor, date: str, **said: Any) -> str:
    """The code of who joins."""
    nobody.get(f"/evenements/{date}/groupe")
    typed = {"name": "Amina", "reply": "mail", "email": "amina@exemple.fr"}
    nobody.follow(nobody.post(f"/evenements/{date}/groupe", typed | said))
    with nobody.app.app_context():
        return db.session.scalars(select(Member.code).order_by(Member.id.desc())).all()[0]


def states(app: Flask) -> list[SignUpState]:
    with app.app_context():
        return list(db.session.scalars(select(SignUp.state).order_by(SignUp.occurrence_id)))


def test_a_shared_computer_forgets_the_group_and_its_code(nobody: Visitor, date: str) -> None:
    mine = joins(nobody, date)
    nobody.get(f"/evenements/groupe/{mine}")
    nobody.follow(nobody.post("/suivi/fin"))
    nobody.get(f"/evenements/groupe/{mine}", status=404)
    nobody.get("/evenements/groupe/numero.pdf", status=404)
    assert not CODE.findall(nobody.follow(nobody.get("/evenements/groupe/bienvenue", status=302)).text)


def test_from_the_page_of_a_date_into_the_group_and_out(app: Flask, nobody: Visitor, date: str) -> None:
    page = nobody.get(f"/evenements/{date}").text
    assert "Rejoindre le groupe" in page
    assert "Venir une fois, ce jour-là" in page
    mine = joins(nobody, date, role_1="child", needs=["step_free"], needs_words="Un banc")
    assert "Vous êtes dans le groupe" in nobody.page
    (code,) = CODE.findall(nobody.page)
    assert states(app) == [SignUpState.CONFIRMED] * 3
    address = f"/evenements/groupe/{mine}"
    assert nobody.get(address).text.count("Je ne viens pas ce jour-là") == 3
    nobody.follow(nobody.post(f"{address}/{date}/absence"))
    assert "Merci de nous prévenir" in nobody.page
    assert states(app)[0] is SignUpState.EXCUSED
    nobody.follow(nobody.post(f"{address}/{date}/retour"))
    assert "Vous avez votre place" in nobody.page
    assert states(app) == [SignUpState.CONFIRMED] * 3
    assert "Oui, je quitte le groupe" in nobody.get(f"{address}/depart").text
    assert states(app) == [SignUpState.CONFIRMED] * 3
    nobody.follow(nobody.post(f"{address}/depart"))
    assert "Vous n’êtes plus dans ce groupe" in nobody.page
    assert states(app) == [SignUpState.CANCELLED] * 3
    assert nobody.get(f"{address}/depart", status=302).headers["Location"] == address
    nobody.post(f"{address}/{date}/absence", status=404)
    later = Visitor(app)
    later.get("/suivi")
    later.follow(later.post("/suivi", {"code": code}))
    assert "Vous n’êtes plus dans ce groupe" in later.page


def test_a_form_sent_twice_and_one_with_faults(app: Flask, nobody: Visitor, date: str) -> None:
    address = f"/evenements/{date}/groupe"
    nobody.get(address)
    typed = {"name": "Amina", "reply": "phone", "phone": "04 00 00 00 01", "needs_words": "Un banc"}
    nobody.post(address, typed | {"phone": "12"}, status=422)
    assert "Un banc" in nobody.page
    kept = nobody.hidden()
    for _time in range(2):
        nobody.post(address, typed | kept)
    nobody.post(address, typed | kept | {"submission_key": "z" * 24}, status=409)
    assert "Vous êtes déjà dans ce groupe" in nobody.page
    with app.app_context():
        assert len(db.session.scalars(select(Member)).all()) == 1


def test_who_cannot_be_reached_and_who_is_in_distress(app: Flask, nobody: Visitor, date: str) -> None:
    joins(nobody, date, reply="reception", email="")
    (code,) = CODE.findall(nobody.page)
    words = paper.words(nobody.get("/evenements/groupe/numero.pdf").data)
    assert code.split("-")[0] in words
    assert "Marche du jeudi" in words
    Visitor(app).get("/evenements/groupe/numero.pdf", status=404)
    nobody.get(f"/evenements/{date}/groupe")
    typed = {"name": "Zoé", "reply": "reception", "needs_words": "je veux mourir"}
    nobody.post(f"/evenements/{date}/groupe", typed, status=200)
    assert "3114" in nobody.page
    assert len(states(app)) == 6


def test_only_groups_are_joined_and_pages_are_their_own(app: Flask, nobody: Visitor, date: str) -> None:
    with app.app_context():
        single = make.occurrence(make.event("Film")).code
        db.session.commit()
    nobody.get(f"/evenements/{single}/groupe", status=404)
    assert "Rejoindre" not in nobody.get(f"/evenements/{single}").text
    mine = joins(nobody, date)
    stranger = Visitor(app)
    for path in ("", "/depart", "/ouvrir/rien"):
        stranger.get(f"/evenements/groupe/{mine}{path}", status=404)
    for deed in (f"{date}/absence", f"{date}/retour", f"{date}/place", "depart"):
        stranger.post(f"/evenements/groupe/{mine}/{deed}", status=404)
    nobody.post(f"/evenements/groupe/{mine}/{single}/absence", status=404)
    assert stranger.get("/evenements/groupe/bienvenue", status=302)


def test_the_mail_opens_the_page_by_a_button(app: Flask, nobody: Visitor, date: str) -> None:
    mine = joins(nobody, date)
    with app.app_context():
        body = db.session.scalars(select(Message.body).filter_by(about_kind="member")).one() or ""
    path = re.findall(r"http://[^/]+(/evenements/groupe/\S+)", body)[0]
    later = Visitor(app)
    assert "Marche du jeudi" in later.get(path).text
    later.get(f"/evenements/groupe/{mine}", status=404)
    later.follow(later.post(path))
    assert "Vos prochaines dates" in later.page


def test_a_full_date_an_offer_and_one_that_is_cancelled(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        event = walk(3, capacity=1)
        first = joined(event, "Zoé")
        one, two, three = db.session.scalars(select(Occurrence).order_by(Occurrence.id))
        codes = [one.code, two.code]
        three.cancelled_at, three.cancelled_why = now(), "Trop de pluie."
        zoe = first.code
        db.session.commit()
    mine = joins(nobody, codes[0])
    page = nobody.get(f"/evenements/groupe/{mine}").text
    assert page.count("liste d’attente") == 2
    assert "Trop de pluie." in page
    with app.app_context():
        actions.leave(queries.by_code(zoe))
        db.session.commit()
    assert "Je prends la place" in nobody.get(f"/evenements/groupe/{mine}").text
    nobody.follow(nobody.post(f"/evenements/groupe/{mine}/{codes[0]}/place"))
    assert states(app).count(SignUpState.CONFIRMED) == 1


def test_somebody_with_an_account(app: Flask, amina: Visitor, date: str) -> None:
    """Their groups stand beside their dates, in their copy, and go with their account."""
    page = amina.get(f"/evenements/{date}/groupe").text
    assert 'value="Amina' in page
    mine = joins(amina, date, needs_words="Un banc")
    assert f"/evenements/groupe/{mine}" in amina.get("/evenements/inscription").text
    (copied,) = amina.get("/vos-donnees/copie").get_json()["groups"]
    assert (copied["event"], copied["needs_words"]) == ("Marche du jeudi", "Un banc")
    amina.get("/vos-donnees/effacement")
    amina.post("/vos-donnees/effacement", {"sure": "y"})
    with app.app_context():
        member = db.session.scalars(select(Member)).one()
        assert (member.name, member.contact, member.account_id, member.needs_words) == (None,) * 4
        assert member.left_at is not None
        assert set(db.session.scalars(select(SignUp.state))) == {SignUpState.CANCELLED}


def test_the_team_sees_the_group_adds_and_removes(app: Flask, chloe: Visitor, date: str) -> None:
    with app.app_context():
        event = db.session.scalars(select(Event)).one().code
    assert "/groupe" in chloe.get(f"/equipe/evenements/{event}").text
    address = f"/equipe/evenements/{event}/groupe"
    chloe.get(f"{address}/nouveau")
    chloe.post(f"{address}/nouveau", {"name": "", "reply": "phone"}, status=422)
    typed = {
        "name": "Ahmed",
        "reply": "phone",
        "phone": "04 00 00 00 01",
        "language": "fr",
        "role_2": "carer",
    }
    typed = {f"role_{place}": "" for place in range(1, 6)} | typed
    chloe.post(f"{address}/nouveau", typed | {"needs": ["quiet"], "needs_words": "Un banc"}, status=200)
    assert CODE.search(chloe.page)
    assert "data-print" in chloe.page
    page = chloe.get(address).text
    assert "2 personnes en font partie" in page
    assert "Ahmed" not in page
    chloe.post(f"{address}/liste", status=200)
    for words in ("Ahmed", "Proche aidant", "Un banc", "04 00 00 00 01"):
        assert words in chloe.page, words
    with app.app_context():
        code = db.session.scalars(select(Member.code)).one()
        assert "members viewed" in db.session.scalars(select(Entry.verb)).all()
    chloe.follow(chloe.post(f"/equipe/evenements/groupe/{code}/retrait"))
    assert "0 personne en fait partie" in chloe.page
    assert states(app) == [SignUpState.CANCELLED] * 3
    chloe.get("/equipe/journal")


def test_a_relay_lets_somebody_join(app: Flask, date: str) -> None:
    with app.app_context():
        account = make.account("Rémi", Role.RELAY)
        db.session.commit()
        relay, remi = Visitor(app, account.id), account.id
    assert "Rémi" not in relay.get(f"/evenements/{date}/groupe").text.split("<main")[1]
    mine = joins(relay, date, name="Ahmed", reply="reception", email="", consent="y")
    assert CODE.search(relay.page)
    relay.get(f"/evenements/groupe/{mine}", status=404)
    with app.app_context():
        member = db.session.scalars(select(Member)).one()
        assert (member.name, member.account_id, member.entered_by_id) == ("Ahmed", None, remi)


def test_a_relay_changes_and_ends_what_they_did_for_somebody(app: Flask, date: str) -> None:
    """For all coming dates, noted under their name; and nobody else's group is theirs to touch."""
    with app.app_context():
        remi, sacha = (make.account(name, Role.RELAY) for name in ("Rémi", "Sacha"))
        db.session.commit()
        relay, other = Visitor(app, remi.id), Visitor(app, sacha.id)
        who = remi.actor_id
    joins(relay, date, name="Ahmed", reply="phone", phone="04 00 00 00 01", email="", consent="y")
    with app.app_context():
        mine = db.session.scalars(select(Member.code)).one()
    where = f"/evenements/inscription/pour-quelqu-un/groupe/{mine}"
    relay.get("/evenements/inscription/pour-quelqu-un")
    assert "Ahmed" in relay.page
    assert "Dans un groupe" in relay.page
    for way in ("changement", "depart"):
        other.get(f"{where}/{way}", status=404)
    other.post(f"{where}/depart", status=404)
    relay.get(f"{where}/changement")
    said = {"role_1": "carer", "name_1": "Sami", "needs": ["transport"]}
    relay.follow(relay.post(f"{where}/changement", said))
    with app.app_context():
        member = db.session.scalars(select(Member)).one()
        assert (member.party, member.needs) == (2, ["transport"])
        assert {one.party for one in db.session.scalars(select(SignUp))} == {2}
    relay.get(f"{where}/depart")
    assert states(app) == [SignUpState.CONFIRMED] * 3
    relay.follow(relay.post(f"{where}/depart"))
    assert "Ahmed" not in relay.page.split("<main")[1].split("Pour une date")[0]
    assert states(app) == [SignUpState.CANCELLED] * 3
    relay.get(f"{where}/depart", status=404)
    with app.app_context():
        noted = db.session.scalars(select(Entry).where(Entry.actor == who).order_by(Entry.id)).all()
        assert [one.verb for one in noted] == ["member added", "member changed", "member removed"]
        cancelled = SignUpChange.state == SignUpState.CANCELLED
        changes = db.session.scalars(select(SignUpChange).where(cancelled)).all()
        assert {(one.cause, one.by_id) for one in changes} == {(Cause.TEAM, relay.account_id)}


def test_a_group_with_members_stays_one(app: Flask, chloe: Visitor, nobody: Visitor, date: str) -> None:
    joins(nobody, date)
    with app.app_context():
        event = db.session.scalars(select(Event)).one()
        by = db.session.get_one(Account, chloe.account_id)
        said: dict[str, Any] = {"version": event.version, "questions": [], "photo": None}
        said |= {"photo_alt": "", "no_photo": False}
        with pytest.raises(Refused, match="1 personne est dans ce groupe"):
            planning.edit(event, **said, by=by, is_joined_once=False)
        actions.leave(db.session.scalars(select(Member)).one())
        planning.edit(event, **said, by=by, is_joined_once=False)
        db.session.commit()


def test_the_desk_of_an_event_that_is_no_group(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        code = make.event("Film").code
        db.session.commit()
    chloe.get(f"/equipe/evenements/{code}/groupe", status=404)


def test_a_walk_is_a_group_from_the_start(app: Flask, chloe: Visitor) -> None:
    assert re.search(r'checked[^>]*name="is_joined_once"|name="is_joined_once"[^>]*checked',
                     chloe.get("/equipe/evenements/nouveau/walk").text)  # fmt: skip
    other = chloe.get("/equipe/evenements/nouveau/film").text
    assert not re.search(r'checked[^>]*name="is_joined_once"|name="is_joined_once"[^>]*checked', other)


def test_no_date_yet(app: Flask, amina: Visitor) -> None:
    with app.app_context():
        event = walk(0)
        far = make.occurrence(event, starts_at=now() + timedelta(weeks=20)).code
        db.session.commit()
    mine = joins(amina, far)
    assert "Aucune date n’est encore prévue" in amina.page
    assert "Aucune date n’est encore prévue" in amina.get(f"/evenements/groupe/{mine}").text
