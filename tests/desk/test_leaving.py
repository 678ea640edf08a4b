"""When somebody leaves the team, what was theirs falls on who is on duty: nobody who spoke is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from engage.accounts import actions as accounts
from engage.accounts.models import Account, Role
from engage.core import cache
from engage.core.clock import now
from engage.core.db import db
from engage.desk import actions
from engage.desk.todo import todos
from engage.ideas.models import Idea, Publication
from engage.ideas.moderation.listing import Show, Wanted, listing
from engage.intake import queries as intake
from engage.outbox.models import Kind, Message
from tests import make
from tests.browser import Visitor

TODAY = date(2026, 6, 9)
MORNING = datetime(2026, 6, 9, 5, 35, tzinfo=UTC)


@pytest.fixture
def morning(session: None) -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def chloe_(morning: None) -> Account:
    account = make.account("Chloé", Role.COORDINATOR, email="chloe@exemple.fr")
    make.referent(account)
    return account


@pytest.fixture
def karim(chloe_: Account) -> Account:
    return make.account("Karim", Role.STAFF, last_name="Belaïd", email="karim@exemple.fr")


def due(days: int, owner: Account | None, **values: Any) -> Idea:
    return make.idea(
        publication=Publication.PUBLIC, owner=owner, due_on=TODAY + timedelta(days=days), **values
    )


def leave(account: Account, by: Account) -> None:
    accounts.end(account, by=by)
    db.session.flush()
    cache.forget()


def reminded() -> list[str | None]:
    rows = select(Message).where(Message.kind == Kind.WORK).order_by(Message.id)
    return [message.address for message in db.session.scalars(rows)]


def mine(account: Account, show: Show = Show.TO_ANSWER) -> list[str]:
    return [idea.text for idea in listing(Wanted(show=show, owner_id=account.id)).ideas]


def test_their_ideas_stand_among_those_of_who_is_on_duty(chloe_: Account, karim: Account) -> None:
    due(-5, make.account("Paul", Role.STAFF), text="À Paul.")
    due(1, karim, text="À Karim.")
    due(2, chloe_, text="À Chloé.")
    assert mine(chloe_) == ["À Chloé."]
    leave(karim, chloe_)
    assert mine(chloe_) == ["À Karim.", "À Chloé."]
    assert [todo.text.replace("\N{NO-BREAK SPACE}", " ") for todo in todos(chloe_)] == [
        "« À Karim. » · sans responsable : répondez-y ou confiez-la",
        "« À Chloé. » · à vous de répondre",
        "« À Paul. » · confiée à Paul",
    ]


def test_a_colleague_who_is_not_on_duty_reads_that_nobody_has_it(chloe_: Account, karim: Account) -> None:
    due(1, karim, text="À Karim.")
    eva = make.account("Eva", Role.STAFF)
    leave(karim, chloe_)
    assert mine(eva) == []
    assert "confiée à personne pour l’instant" in todos(eva)[0].text


def test_what_is_late_is_late_for_who_is_on_duty(chloe_: Account, karim: Account) -> None:
    due(-1, karim, text="En retard.")
    due(-1, karim, text="Déjà répondue.", answered_at=now())
    leave(karim, chloe_)
    assert mine(chloe_, Show.OVERDUE) == ["En retard."]
    assert mine(chloe_, Show.ALL) == ["En retard."]


def test_who_is_on_duty_is_reminded_in_their_place(chloe_: Account, karim: Account) -> None:
    due(2, karim)
    leave(karim, chloe_)
    assert actions.remind(TODAY) == 1
    assert actions.remind(TODAY) == 0
    assert reminded() == ["chloe@exemple.fr"]
    body = db.session.scalars(select(Message.body)).one()
    assert "Une idée n’a plus personne pour y répondre." in body
    assert "jeudi 11 juin 2026" in body


def test_who_left_after_the_reminder_leaves_another_one_behind(chloe_: Account, karim: Account) -> None:
    due(2, karim)
    actions.remind(TODAY)
    leave(karim, chloe_)
    actions.remind(TODAY)
    assert reminded() == ["karim@exemple.fr", "chloe@exemple.fr"]


def test_an_idea_handed_to_nobody_is_reminded_too(chloe_: Account) -> None:
    due(3, None)
    due(3, make.account("Amina"))
    assert actions.remind(TODAY) == 2
    assert reminded() == ["chloe@exemple.fr", "chloe@exemple.fr"]


def test_when_the_referent_leaves_the_next_person_is_on_duty(chloe_: Account, karim: Account) -> None:
    make.referent(karim, position=1)
    idea = due(2, chloe_)
    make.account("Dominique", Role.ADMIN)
    leave(chloe_, karim)
    assert intake.on_duty() == karim
    assert mine(karim) == [idea.text]
    actions.remind(TODAY)
    assert reminded() == ["karim@exemple.fr"]


def test_when_the_cover_leaves_who_steers_is_on_duty(chloe_: Account, karim: Account) -> None:
    due(2, chloe_)
    away = make.account("Eva", Role.STAFF)
    make.referent(away, position=-1, away_from=TODAY, cover_id=karim.id)
    cache.forget()
    assert intake.on_duty() == karim
    leave(karim, chloe_)
    assert intake.on_duty() == chloe_


def test_a_referent_who_left_is_no_longer_shown_and_the_settings_say_so(
    app: Flask, nobody: Visitor, chloe: Visitor, admin: Visitor
) -> None:
    nobody.get("/")
    assert "Chloé" in nobody.page
    with app.app_context():
        accounts.end(chloe.account, by=admin.account)
        db.session.commit()
    nobody.get("/")
    assert "Chloé" not in nobody.page
    admin.get("/equipe/reglages/referents")
    assert "Compte fermé" in admin.page


def test_the_pages_say_that_the_owner_has_left(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        karim = make.account("Karim", Role.STAFF, ended_at=now())
        code = due(2, karim).code
        promise = make.commitment(owner=karim).code
        db.session.commit()
    for path in (f"idees/{code}", "idees", f"engagements/{promise}", "engagements"):
        chloe.get(f"/equipe/{path}")
        assert "Karim (n’est plus dans l’équipe)" in chloe.page, path
