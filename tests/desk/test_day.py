"""My day: seven things at most, the most pressing first, each with its one way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from engage.accounts.models import Account, Role
from engage.centre.models import Complaint
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.desk.queries import counts, figures
from engage.desk.todo import MOST, todos
from engage.ideas.models import Batch, Idea, Publication, StepKind, Visibility
from engage.ideas.timeline import actions as timeline
from engage.intake.models import Door, Reply
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind, State
from tests import make
from tests.browser import Visitor

MORNING = datetime(2026, 6, 9, 6, 30, tzinfo=UTC)


@pytest.fixture
def chloe_(session: None) -> Account:
    return make.account("Chloé", Role.COORDINATOR)


def public(**values: Any) -> Idea:
    return make.idea(**{"publication": Publication.PUBLIC, **values})


def due(days: int, **values: Any) -> Idea:
    return public(due_on=centre_today() + timedelta(days=days), **values)


def titles(account: Account) -> list[str]:
    return [todo.title for todo in todos(account)]


def complaint() -> None:
    db.session.add(Complaint(submission_key="c" * 20, text="…", received_at=now()))
    db.session.flush()


def call(key: str = "k", channel: Channel = Channel.PHONE, state: State = State.WAITING) -> None:
    message = outbox.write(
        key=key,
        kind=Kind.NEWS,
        channel=channel,
        subject="s",
        body="b",
        address="06 12 34 56 78",
        person="Rose",
    )
    assert message
    message.state = state


def test_nothing_waits(chloe_: Account) -> None:
    public()
    assert titles(chloe_) == []


def test_distress_stands_on_top_then_each_kind_in_its_order(chloe_: Account) -> None:
    call()
    make.idea("Un banc.")
    make.idea("Le parking.")
    step_of = due(0)
    timeline.note(step_of, StepKind.REPLY, visibility=Visibility.AUTHOR, words="Oui.")
    complaint()
    make.idea("Je n’en peux plus.", is_distress=True)
    assert titles(chloe_) == [
        "Un message parle de détresse",
        "1 message privé à lire",
        "Réponse promise pour aujourd’hui",
        "2 idées à lire",
        "Une personne a ajouté quelque chose",
        "1 personne à prévenir",
    ]


def test_never_more_than_seven(chloe_: Account) -> None:
    for n in range(9):
        make.idea(f"Je n’en peux plus {n}.", is_distress=True)
        due(-n, owner_id=chloe_.id)
        call(f"key {n}")
    make.idea("Un banc.")
    complaint()
    make.commitment(due_on=centre_today())
    db.session.add(Batch(opened_on=centre_today(), opened_by="Karim", slips=3, created_at=now()))
    assert len(titles(chloe_)) == MOST == 7


def test_mine_first_then_the_most_urgent_with_plain_words_for_when(chloe_: Account) -> None:
    make.referent(make.account("Eva", Role.STAFF))
    karim = make.account("Karim", Role.STAFF, last_name="Belaïd")
    due(-2, owner_id=karim.id)
    due(1, owner_id=chloe_.id)
    due(9, owner_id=chloe_.id)
    due(3)
    found = todos(chloe_)
    assert [todo.title for todo in found[:2]] == [
        "Réponse promise pour demain",
        "Réponse en retard de 2 jours",
    ]
    assert "à vous de répondre" in found[0].text
    assert "confiée à Karim Belaïd" in found[1].text
    assert "confiée à personne pour l’instant" in found[2].text
    assert len(found) == 3


@pytest.mark.parametrize("publication", [Publication.REFUSED, Publication.MERGED, Publication.WITHDRAWN])
def test_what_is_over_waits_for_nothing(chloe_: Account, publication: Publication) -> None:
    due(-1, publication=publication, is_distress=publication is Publication.WITHDRAWN)
    assert titles(chloe_) == []


def test_an_answered_idea_waits_no_more(chloe_: Account) -> None:
    due(-1, answered_at=now())
    assert titles(chloe_) == []


def test_commitments_mails_and_boxes(chloe_: Account) -> None:
    make.commitment("Un banc", due_on=centre_today())
    call("m", Channel.MAIL, State.UNCERTAIN)
    db.session.add(Batch(opened_on=date(2026, 6, 2), opened_by="Karim", slips=3, created_at=now()))
    db.session.flush()
    assert titles(chloe_) == [
        "Un engagement arrive à sa date",
        "1 message n’est pas arrivé",
        "Une boîte en papier est en cours de saisie",
    ]


def test_private_messages_are_the_coordinations(session: None) -> None:
    complaint()
    assert titles(make.account("Karim", Role.STAFF)) == []
    assert counts()["complaints"] == 1


def test_figures_over_a_year(session: None) -> None:
    public(
        received_at=now() - timedelta(days=20),
        answered_at=now() - timedelta(days=11),
        due_on=centre_today() - timedelta(days=5),
    )
    due(3, door=Door.PAPER)
    public(door=Door.PHONE, received_at=now() - timedelta(days=500))
    public(import_digest="x", door=Door.PAPER)
    found = figures()
    assert found.median_days == pytest.approx(9)
    assert (found.in_time, found.due, found.waiting) == (1, 1, 1)
    assert (found.by_hand, found.received, found.came_by_hand) == (1, 2, (1, 2))


def test_the_page_greets_counts_and_leads(app: Flask, chloe: Visitor) -> None:
    with time_machine.travel(MORNING, tick=False), app.app_context():
        make.idea("Un banc.", code="banc2345")
        make.idea("Je n’en peux plus.", code="appel234", is_distress=True)
        db.session.commit()
    with time_machine.travel(MORNING + timedelta(minutes=5), tick=False):
        chloe.sign_in(chloe.account_id or 0)
        chloe.get("/equipe")
    assert "Bonjour Chloé. 2 choses ce matin." in chloe.page.replace("\n", " ")
    assert chloe.page.index("/equipe/idees/appel234") < chloe.page.index("/equipe/idees/banc2345")
    assert chloe.page.count('class="deed') == 1


def test_an_evening_without_anything(app: Flask, chloe: Visitor) -> None:
    with time_machine.travel(MORNING + timedelta(hours=12), tick=False):
        chloe.sign_in(chloe.account_id or 0)
        chloe.get("/equipe")
    assert "Bonsoir Chloé." in chloe.page
    assert "Rien n’attend." in chloe.page


def test_the_day_asks_a_bounded_number_of_times(app: Flask, chloe: Visitor) -> None:
    chloe.get("/equipe")
    with app.app_context():
        for n in range(30):
            due(-n)
            make.idea(f"Idée {n}.", reply=Reply.RECEPTION)
        db.session.commit()
    with chloe.counting() as asked:
        chloe.get("/equipe")
    assert len(asked) <= 10


@pytest.mark.parametrize("who", ["amina", "benoit"])
@pytest.mark.parametrize(
    "path", ["", "/mes-e-mails", "/noter", "/noter/numero", "/noter/numero.pdf", "/journal"]
)
def test_the_desk_is_closed_to_others(
    who: str, path: str, request: pytest.FixtureRequest, nobody: Visitor
) -> None:
    visitor: Visitor = request.getfixturevalue(who)
    visitor.get(f"/equipe{path}", status=403)
    visitor.get("/")
    assert "/equipe" not in visitor.page
    nobody.get(f"/equipe{path}", status=302)
