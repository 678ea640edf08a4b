"""A pause holds for everything the site writes, not only for what is about the way of the person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engage.centre.queries import centre_today
from engage.core.db import db
from engage.ideas.timeline import actions as timeline
from engage.intake.models import Reply
from engage.involvement import actions, queries, sealed
from engage.involvement.models import Person
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind, Message, State
from tests import make
from tests.involvement.people import met

MAIL = "amina@exemple.fr"
PHONE = "06 12 34 56 78"


def pause(person: Person) -> None:
    actions.pause(person, centre_today() + timedelta(days=30))


def states() -> list[State]:
    return [one.state for one in db.session.scalars(select(Message).order_by(Message.id))]


def written(key: str, **values: Any) -> Message | None:
    said = {"kind": Kind.NEWS, "subject": "Bonjour", "body": "Du nouveau"}
    return outbox.write(key=key, **said | {"channel": Channel.MAIL, "address": MAIL} | values)


@pytest.mark.parametrize("has_account", [True, False])
def test_news_of_an_idea_wait_for_nobody_in_a_pause(session: None, has_account: bool) -> None:
    account = make.account("Amina", email=MAIL) if has_account else None
    person = met(contact=None if account else MAIL, account=account)
    idea = make.idea(reply=Reply.MAIL, contact=MAIL, first_name="Ami")
    timeline.tell(idea, subject="Du nouveau", body="Le banc est commandé.", key="one")
    assert states() == [State.WAITING]
    pause(person)
    timeline.tell(idea, subject="Du nouveau", body="Le banc est posé.", key="two")
    assert states() == [State.STOPPED]
    actions.resume(person)
    timeline.tell(idea, subject="Du nouveau", body="Le banc est peint.", key="three")
    assert states() == [State.STOPPED, State.WAITING]


def test_mail_of_a_group_neither_leaves_nor_is_written(session: None) -> None:
    account = make.account("Amina", email=None, email_digest=None)
    person = met(contact=None, account=account, reply=Reply.RECEPTION)
    group = make.group()
    make.membership(group, account)
    told = {"channel": Channel.RECEPTION, "address": None, "person": "Amina", "whom": account.whom}
    assert written("one", about=("group", group.code), **told)
    pause(person)
    assert states() == [State.STOPPED]
    assert written("two", about=("group", group.code), **told) is None
    assert not queries.may_write(account)
    assert not queries.may_write(person=person)


def test_two_at_one_phone_are_two_people(session: None) -> None:
    person = met("Amina Benali", reply=Reply.PHONE, contact=PHONE)
    by_phone = {"channel": Channel.PHONE, "address": PHONE}
    written("hers", **by_phone, person="Amina")
    written("his", **by_phone, person="Karim")
    pause(person)
    assert states() == [State.STOPPED, State.WAITING]
    assert written("hers too", **by_phone, person="Amina B.") is None
    assert written("his too", **by_phone, person="Karim") is not None


@pytest.mark.parametrize("kind", [Kind.CODE, Kind.ALERT, Kind.CONFIRMATION])
def test_what_they_ask_for_in_a_pause_is_written(session: None, kind: Kind) -> None:
    pause(met(contact=MAIL))
    assert written("asked", kind=kind) is not None
    assert written("reminder", kind=Kind.REMINDER) is None


def test_the_address_mailed_to_somebody_else_opens_nothing_once_it_is_put_right(session: None) -> None:
    person = met(contact="voisine@exemple.fr")
    wrong = sealed.seal(person)
    actions.correct(person, name="Amina", reply=Reply.MAIL, contact=MAIL)
    assert not sealed.is_ours(person, wrong)
    assert sealed.is_ours(person, sealed.seal(person))
