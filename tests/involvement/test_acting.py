"""Who is on the way and sends an idea, or signs up, has done a first act; nobody else is met by it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask import session as browser
from sqlalchemy import event, select

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.ideas import actions as ideas
from engage.intake.models import Door, Reply
from engage.involvement import acting, actions
from engage.involvement.models import Person, Stage
from engage.relaying import actions as relaying
from tests import make
from tests.browser import Visitor
from tests.involvement.people import met

MAIL = "amina@exemple.fr"
IDEA = {"text": "Un banc devant la porte.", "submission_key": "k" * 20, "reply": Reply.MAIL, "contact": MAIL}


def test_an_idea_of_somebody_signed_in_is_a_first_act(session: None) -> None:
    account = make.account("Amina", email=MAIL)
    person = met(contact=None, account=account)
    ideas.receive(account=account, door=Door.WEB, text="Un banc.", submission_key="k" * 20)
    assert person.stage is Stage.FIRST_ACT


@pytest.mark.parametrize("stage", [Stage.FIRST_ACT, Stage.MEMBER])
def test_nobody_goes_down_by_an_act(session: None, stage: Stage) -> None:
    account = make.account("Amina", email=MAIL)
    person = met(contact=None, account=account, stage=stage)
    acting.acted(account, reply=Reply.NONE, contact=None, name="Amina")
    assert person.stage is stage


def test_what_a_relay_brings_for_somebody_on_the_way_counts(session: None) -> None:
    person, relay = met(contact=MAIL), make.account("Nadia", Role.RELAY)
    brought = {**IDEA, "person": "Amina", "consented_at": now(), "by": relay}
    relaying.bring_idea(**brought)  # type: ignore[arg-type]
    assert person.stage is Stage.FIRST_ACT


@pytest.mark.parametrize(("known", "stage"), [(True, Stage.FIRST_ACT), (False, Stage.INTEREST)])
def test_a_contact_is_looked_for_only_where_a_way_in_was_scanned(
    app: Flask, known: bool, stage: Stage
) -> None:
    asked: list[str] = []
    with app.test_request_context("/idees/nouvelle/envoi", method="POST"):
        person = met(contact=MAIL)
        if known:
            browser["source"] = "abcdefgh"
        event.listen(db.engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
        acting.acted(None, reply=Reply.MAIL, contact=MAIL, name="Amina")
        assert person.stage is stage
        assert bool(asked) is known


def test_to_act_makes_nobody_known(session: None) -> None:
    account = make.account("Amina", email=MAIL)
    ideas.receive(account=account, door=Door.WEB, text="Un banc.", submission_key="k" * 20)
    relaying.bring_idea(
        person="Léa", consented_at=now(), by=make.account("Nadia", Role.RELAY), text="Un banc.",
        submission_key="l" * 20, reply=Reply.MAIL, contact="lea@exemple.fr",
    )  # fmt: skip
    assert db.session.scalars(select(Person)).all() == []


def test_a_sign_up_is_a_first_act(app: Flask, amina: Visitor) -> None:
    with app.app_context():
        actions.meet(
            submission_key="m" * 20, name="Amina", reply=Reply.MAIL, contact=None, language="fr",
            door=Door.WEB, account=amina.account,
        )  # fmt: skip
        date = make.occurrence(make.event())
        db.session.commit()
        code = date.code
    amina.get(f"/evenements/{code}")
    amina.post(f"/evenements/{code}/inscription/directe", {})
    with app.app_context():
        assert db.session.scalars(select(Person.stage)).one() is Stage.FIRST_ACT
