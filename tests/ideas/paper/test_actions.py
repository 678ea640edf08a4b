"""The paper box: every slip is typed or put aside, and none is lost or counted twice."""

from __future__ import annotations

import secrets
import threading
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from engage.accounts.models import Account, Role
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.errors import Refused
from engage.ideas.models import Batch, Idea, Publication
from engage.ideas.paper import actions, queries
from engage.intake import queries as intake
from engage.intake.models import Door, Reply
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make


def key() -> str:
    return secrets.token_urlsafe(24)


def opened(slips: int = 2) -> Batch:
    by = make.account("Chloé", Role.STAFF)
    return actions.open_batch(
        opened_on=date(2026, 10, 5), opened_by="Chloé et Martine", slips=slips, submission_key=key(), by=by
    )


def typist() -> Account:
    return db.session.scalars(select(Account).filter_by(role=Role.STAFF)).one()


def typed(batch: Batch, text: str = "Un banc devant la porte.", **said: Any) -> tuple[Idea, str]:
    facts: dict[str, Any] = {"submission_key": key(), "wants_public": True, "reply": Reply.NONE} | said
    return actions.enter(batch, text=text, by=typist(), **facts)


def verbs() -> list[str]:
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.id)))


@pytest.mark.usefixtures("session")
def test_a_slip_becomes_an_idea_of_the_paper_door_with_an_owner_and_a_date() -> None:
    batch = opened()
    idea, code = typed(batch, reply=Reply.LETTER, contact="1 rue des Tilleuls")
    assert (idea.door, idea.batch_id, idea.publication) == (Door.PAPER, batch.id, Publication.WAITING)
    assert idea.entered_by_id == typist().id
    assert idea.due_on is not None
    assert idea.due_on > centre_today()
    follow_up = intake.find_follow_up(code)
    assert follow_up is not None
    assert follow_up.ref == idea.code


@pytest.mark.usefixtures("session")
def test_the_mail_to_the_author_of_a_slip_speaks_of_no_code_they_never_got() -> None:
    typed(opened(), reply=Reply.MAIL, contact="jeanne@exemple.fr")
    (mail,) = db.session.scalars(select(Message))
    assert mail.address == "jeanne@exemple.fr"
    assert "Nous avons bien reçu votre idée" in mail.body
    assert "numéro de suivi" not in mail.body


@pytest.mark.usefixtures("session")
def test_a_form_sent_twice_opens_one_box_and_types_one_slip() -> None:
    by, once = make.account("Chloé", Role.STAFF), key()
    said: dict[str, Any] = {
        "opened_on": date(2026, 10, 5),
        "opened_by": "Chloé",
        "slips": 1,
        "submission_key": once,
    }
    batch = actions.open_batch(**said, by=by)
    assert actions.open_batch(**said, by=by) is batch
    first = typed(batch, submission_key=once)
    assert typed(batch, submission_key=once) == first
    assert queries.get(batch.code).entered == 1


@pytest.mark.usefixtures("session")
def test_a_slip_put_aside_twice_by_a_double_click_counts_once() -> None:
    batch, once = opened(1), key()
    for _again in range(2):
        actions.discard(batch, reason="empty", submission_key=once, by=typist())
    assert queries.get(batch.code).discarded == 1


@pytest.mark.usefixtures("session")
def test_a_box_closes_only_when_no_slip_is_missing_and_says_how_many_are() -> None:
    batch = opened(3)
    typed(batch)
    with pytest.raises(Refused, match="Il manque 2 bulletins"):
        actions.close_batch(batch, by=typist())
    actions.discard(batch, reason="unreadable", submission_key=key(), by=typist())
    with pytest.raises(Refused, match="Il manque 1 bulletin\u00a0:"):
        actions.close_batch(batch, by=typist())
    typed(batch)
    actions.close_batch(batch, by=typist())
    actions.close_batch(batch, by=typist())
    assert not queries.get(batch.code).is_open
    assert verbs() == ["batch opened", "slip discarded", "batch closed"]


@pytest.mark.usefixtures("session")
def test_more_slips_than_counted_ask_to_count_again() -> None:
    batch = opened(1)
    typed(batch)
    for more in (
        lambda: typed(batch),
        lambda: actions.discard(batch, reason="empty", submission_key=key(), by=typist()),
    ):
        with pytest.raises(Refused, match="corrigez d’abord leur nombre"):
            more()
    actions.recount(batch, slips=2, by=typist())
    typed(batch)
    with pytest.raises(Refused, match="2 bulletins sont déjà saisis"):
        actions.recount(batch, slips=1, by=typist())


@pytest.mark.usefixtures("session")
def test_a_slip_put_aside_by_mistake_comes_back() -> None:
    batch = opened(1)
    actions.discard(batch, reason="empty", submission_key=key(), by=typist())
    (aside,) = queries.discards(batch)
    actions.put_back(batch, aside, by=typist())
    assert queries.get(batch.code).left == 1


@pytest.mark.usefixtures("session")
def test_a_closed_box_changes_no_more() -> None:
    batch = opened(1)
    actions.discard(batch, reason="empty", submission_key=key(), by=typist())
    actions.close_batch(batch, by=typist())
    (aside,) = queries.discards(batch)
    for late in (
        lambda: typed(batch),
        lambda: actions.put_back(batch, aside, by=typist()),
        lambda: actions.recount(batch, slips=5, by=typist()),
    ):
        with pytest.raises(Refused, match="Cette boîte est close"):
            late()


def test_eight_people_at_the_last_slips_type_exactly_what_the_box_holds(app: Flask) -> None:
    with app.app_context():
        batch = opened(5)
        db.session.commit()
        code = batch.code
    start, refused = threading.Barrier(8), []

    def work() -> None:
        with app.app_context():
            start.wait()
            for _slip in range(2):
                try:
                    typed(queries.to_change(code))
                    db.session.commit()
                except (Refused, OperationalError) as error:
                    db.session.rollback()
                    refused.append(error)
            db.session.remove()

    threads = [threading.Thread(target=work) for _person in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        box = queries.get(code)
        assert (box.entered, box.left) == (5, 0)
        assert len(refused) == 11
        assert db.session.scalar(select(func.count(Idea.id))) == 5
        db.session.rollback()


def test_a_box_is_never_closed_while_a_slip_is_put_back(app: Flask) -> None:
    with app.app_context():
        batch = opened(1)
        actions.discard(batch, reason="empty", submission_key=key(), by=typist())
        db.session.commit()
        code = batch.code
    start = threading.Barrier(2)

    def work(*, closing: bool) -> None:
        with app.app_context():
            start.wait()
            try:
                held = queries.to_change(code)
                if closing:
                    actions.close_batch(held, by=typist())
                else:
                    actions.put_back(held, queries.discards(held)[0], by=typist())
                db.session.commit()
            except Refused:
                db.session.rollback()
            db.session.remove()

    threads = [threading.Thread(target=work, kwargs={"closing": closing}) for closing in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        box = queries.get(code)
        assert box.is_open == (box.left == 1)
        db.session.rollback()
