"""A relay looks after who belongs to a group through them: one date missed, as the person does it alone."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from engage.core.db import db
from engage.events.joining.models import Member
from engage.events.kinds import Cause, LargeParty, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.signing import actions as signing
from engage.events.signing.commands import tell_newcomers
from engage.events.signing.models import SignUp, SignUpChange
from engage.intake.models import Reply
from engage.journal.models import Entry
from engage.outbox.models import Channel, Message
from tests.browser import Visitor
from tests.events.agenda.test_bringing import HERE, relay_of
from tests.events.joining.test_actions import joined, walk
from tests.events.joining.test_pages import joins
from tests.events.signing.people import signed

CONFIRMED, EXCUSED = SignUpState.CONFIRMED, SignUpState.EXCUSED


@pytest.fixture
def remi(app: Flask) -> Visitor:
    return relay_of(app, "Rémi")


@pytest.fixture
def dates(app: Flask) -> list[str]:
    """The codes of three walks."""
    with app.app_context():
        walk()
        return list(db.session.scalars(select(Occurrence.code).order_by(Occurrence.id)))


def brings(app: Flask, relay: Visitor, date: str, **said: str) -> str:
    """The code of the member whom this relay brought."""
    typed = {"name": "Ahmed", "reply": "phone", "phone": "04 00 00 00 01", "email": "", "consent": "y"}
    joins(relay, date, **typed | said)
    with app.app_context():
        newest = select(Member.code).filter_by(entered_by_id=relay.account_id).order_by(Member.id.desc())
        return db.session.scalars(newest.limit(1)).one()


def states(app: Flask) -> list[SignUpState]:
    with app.app_context():
        return list(db.session.scalars(select(SignUp.state).order_by(SignUp.id)))


def heard(app: Flask) -> list[Message]:
    """What people were told since they joined, date by date."""
    with app.app_context():
        tell_newcomers()
        wanted = select(Message).filter_by(about_kind="sign-up").order_by(Message.id)
        return list(db.session.scalars(wanted))


def test_a_relay_excuses_one_date_by_one_tap_and_the_person_hears(
    app: Flask, remi: Visitor, dates: list[str]
) -> None:
    mine = brings(app, remi, dates[0])
    page = f"{HERE}/groupe/{mine}"
    assert page in remi.get(HERE).text
    assert remi.get(page).text.count("Ne vient pas ce jour-là") == 3
    for _twice in range(2):
        remi.follow(remi.post(f"{page}/{dates[1]}/absence"))
    assert remi.page.count("Ne vient pas ce jour-là") == 2
    assert "Vous nous avez dit" not in remi.page  # it speaks of somebody else
    assert states(app) == [CONFIRMED, EXCUSED, CONFIRMED]
    (told,) = heard(app)
    assert (told.channel, told.person) == (Channel.PHONE, "Ahmed")
    assert "La personne qui vous avait inscrit a noté" in (told.body or "")
    with app.app_context():
        entry = db.session.scalars(select(Entry).filter_by(verb="member excused")).one()
        assert (entry.actor, entry.actor_role) == (remi.account.actor_id, "relay")
        change = db.session.scalars(select(SignUpChange).filter_by(state=EXCUSED)).one()
        assert (change.cause, change.by_id) == (Cause.TEAM, remi.account_id)


def test_and_takes_it_back(app: Flask, remi: Visitor, chloe: Visitor, dates: list[str]) -> None:
    mine = brings(app, remi, dates[0])
    page = f"{HERE}/groupe/{mine}"
    remi.post(f"{page}/{dates[1]}/absence")
    for _twice in range(2):
        remi.follow(remi.post(f"{page}/{dates[1]}/retour"))
    assert states(app) == [CONFIRMED] * 3
    _excused, told = heard(app)
    assert told.channel is Channel.PHONE
    assert "inscription est confirmée" in (told.body or "")
    with app.app_context():
        verbs = db.session.scalars(select(Entry.verb).filter(Entry.verb.startswith("member"))).all()
        assert sorted(verbs) == ["member added", "member back", "member excused"]
    journal = chloe.get("/equipe/journal").text
    assert "Une date manquée, notée pour quelqu’un" in journal
    assert "Quelqu’un vient finalement à une date" in journal


def test_who_reads_no_mail_hears_it_from_the_relay(app: Flask, remi: Visitor, dates: list[str]) -> None:
    mine = brings(app, remi, dates[0], reply="reception", phone="")
    remi.post(f"{HERE}/groupe/{mine}/{dates[0]}/absence")
    assert "À Ahmed" in remi.get("/relais").text


def test_nobody_elses_member_and_no_other_date(app: Flask, remi: Visitor, dates: list[str]) -> None:
    with app.app_context():
        event = db.session.scalars(select(Event)).one()
        alone = joined(event, "Zoé").code
        elsewhere = db.session.scalars(select(Occurrence.code).filter_by(event_id=walk(1).id)).one()
    mine, sacha = brings(app, remi, dates[0]), relay_of(app, "Sacha")
    for relay, member, date in ((sacha, mine, dates[0]), (remi, alone, dates[0]), (remi, mine, elsewhere)):
        for deed in ("absence", "retour"):
            relay.post(f"{HERE}/groupe/{member}/{date}/{deed}", status=404)
    sacha.get(f"{HERE}/groupe/{mine}", status=404)
    remi.get(f"{HERE}/groupe/{alone}", status=404)
    remi.post(f"{HERE}/groupe/{mine}/depart")
    remi.post(f"{HERE}/groupe/{mine}/{dates[0]}/absence", status=404)
    assert EXCUSED not in states(app)


def test_what_the_person_signed_up_for_alone_stays_theirs(
    app: Flask, remi: Visitor, dates: list[str]
) -> None:
    """Their own page of the group knows it; whoever brought them into the group does not."""
    mine: dict[str, Any] = {"name": "Ahmed", "reply": Reply.PHONE, "contact": "04 00 00 00 01"}
    with app.app_context():
        signed(db.session.scalars(select(Occurrence).filter_by(code=dates[0])).one(), **mine)
        db.session.commit()
    page = f"{HERE}/groupe/{brings(app, remi, dates[0])}"
    assert remi.get(page).text.count("Ne vient pas ce jour-là") == 2
    remi.post(f"{page}/{dates[0]}/absence", status=404)
    assert states(app) == [CONFIRMED] * 3


def test_on_a_full_date_they_wait_and_are_told_so(app: Flask, remi: Visitor) -> None:
    with app.app_context():
        walk(1, capacity=1)
        date = db.session.scalars(select(Occurrence.code)).one()
    page = f"{HERE}/groupe/{brings(app, remi, date)}"
    with app.app_context():
        signed(db.session.scalars(select(Occurrence)).one(), "Zoé")
    remi.post(f"{page}/{date}/absence")
    with app.app_context():
        signing.accept(db.session.scalars(select(SignUp).order_by(SignUp.id.desc())).all()[0])
        db.session.commit()
    remi.follow(remi.post(f"{page}/{date}/retour"))
    assert states(app) == [SignUpState.WAITING, CONFIRMED]
    assert "liste d’attente" in (heard(app)[-1].body or "")


def test_a_place_that_fits_is_offered_to_who_is_not_there(app: Flask, remi: Visitor) -> None:
    """A large party waits before them: they hear of the offer, and of nothing else."""
    with app.app_context():
        walk(1, capacity=3, large_party=LargeParty.IS_PASSED)
        date = db.session.scalars(select(Occurrence.code)).one()
    page = f"{HERE}/groupe/{brings(app, remi, date)}"
    with app.app_context():
        here = db.session.scalars(select(Occurrence)).one()
        signed(here, "Zoé")
        remi.post(f"{page}/{date}/absence")
        signed(here, "Jeanne", party=3)
    before = len(heard(app))
    remi.post(f"{page}/{date}/retour")
    assert states(app) == [SignUpState.OFFERED, CONFIRMED, SignUpState.WAITING]
    assert ["Une place vous est proposée" in (one.body or "") for one in heard(app)[before:]] == [True]
