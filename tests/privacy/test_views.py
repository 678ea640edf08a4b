"""What a person can see, correct, copy and erase."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.ideas.models import Idea, Publication
from engage.intake.models import Reply
from engage.journal.models import Entry
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind, Message
from engage.privacy.commands import erase_contacts
from tests import make
from tests.browser import Visitor


@pytest.fixture
def aminas_idea(app: Flask, amina: Visitor) -> str:
    with app.app_context():
        idea = make.idea(
            "Une rampe à l’entrée",
            publication=Publication.PUBLIC,
            account_id=amina.account_id,
            reply=Reply.MAIL,
            contact="amina@exemple.fr",
            first_name="Amina",
        )
        db.session.commit()
        return idea.code


def test_amina_finds_what_she_did(amina: Visitor, aminas_idea: str) -> None:
    assert "Une rampe à l’entrée" in amina.get("/mon-espace").get_data(as_text=True)
    copy = amina.get("/vos-donnees/copie").get_json()
    assert copy["ideas"][0]["contact"] == "amina@exemple.fr"


def test_amina_corrects_her_name(amina: Visitor, app: Flask) -> None:
    amina.get("/vos-donnees")
    amina.post("/vos-donnees/correction", {"first_name": " ", "phone": "06 12 34 56 78"}, status=422)
    amina.post("/vos-donnees/correction", {"first_name": "Aminata", "phone": "06 12 34 56 78"})
    with app.app_context():
        assert db.session.get_one(Account, amina.account_id).first_name == "Aminata"


def test_amina_erases_her_account_and_leaves_no_trace(amina: Visitor, aminas_idea: str, app: Flask) -> None:
    amina.get("/vos-donnees/effacement")
    amina.post("/vos-donnees/effacement", {}, status=422)
    amina.post("/vos-donnees/effacement", {"sure": "y"})
    amina.get("/mon-espace", status=302)
    with app.app_context():
        assert db.session.get(Account, amina.account_id) is None
        idea = db.session.scalars(select(Idea).where(Idea.code == aminas_idea)).one()
        assert (idea.account_id, idea.contact, idea.first_name) == (None, None, "")


def test_the_last_administrator_stays(admin: Visitor, app: Flask) -> None:
    admin.get("/vos-donnees/effacement")
    admin.post("/vos-donnees/effacement", {"sure": "y"}, status=409)
    admin.get("/mon-espace")


def test_a_follow_up_code_opens_the_data_of_one_idea(nobody: Visitor, aminas_idea: str) -> None:
    nobody.get("/vos-donnees")
    nobody.get("/vos-donnees/copie", status=302)
    with nobody.client.session_transaction() as own:
        own["follow"] = {"kind": "idea", "ref": aminas_idea}
    assert "Une rampe" in nobody.get("/vos-donnees").get_data(as_text=True)
    assert nobody.get("/vos-donnees/copie").get_json()["text"] == "Une rampe à l’entrée"


def test_contacts_of_closed_ideas_are_erased_with_proof(session: None) -> None:
    old = make.idea(
        contact="a@exemple.fr", first_name="Ana", reply=Reply.MAIL, closed_at=now() - timedelta(days=190)
    )
    young = make.idea(contact="b@exemple.fr", reply=Reply.MAIL, closed_at=now() - timedelta(days=100))
    outbox.write(
        key="news",
        kind=Kind.NEWS,
        channel=Channel.MAIL,
        address="a@exemple.fr",
        person="Ana",
        subject="Des nouvelles",
        body="Bonjour Ana",
        about=("idea", old.code),
    )
    db.session.flush()
    assert erase_contacts() == 1
    db.session.expire_all()
    assert (old.contact, old.first_name, young.contact) == (None, "", "b@exemple.fr")
    message = db.session.scalars(select(Message)).one()
    assert (message.address, message.person, message.body) == (None, None, "")
    proof = db.session.scalars(select(Entry)).one()
    assert (proof.verb, proof.subject_ref, proof.actor) == ("contact erased", old.code, None)
    assert erase_contacts() == 0
