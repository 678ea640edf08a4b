"""An idea comes in, whatever its door, once; and voices are counted once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from engage.accounts.models import Role
from engage.centre import queries as centre_queries
from engage.core import fulltext
from engage.core.db import db
from engage.ideas import actions, queries
from engage.ideas.models import Idea, Publication, Support
from engage.intake import queries as intake_queries
from engage.intake.models import Door, FollowUp, Reply
from engage.outbox.models import Kind, Message
from tests import make

KEY = "k" * 32


@pytest.mark.usefixtures("session")
def test_from_the_first_moment_an_idea_has_an_owner_a_date_and_a_code() -> None:
    chloe = make.account("Chloé", Role.COORDINATOR)
    make.referent(chloe)
    idea, code = actions.receive(text="Un banc", door=Door.WEB, submission_key=KEY)
    days = centre_queries.centre().answer_days
    assert idea.owner_id == chloe.id
    assert idea.due_on == centre_queries.centre_today() + timedelta(days=days)
    assert (idea.publication, idea.wants_public) == (Publication.WAITING, True)
    found = intake_queries.find_follow_up(code)
    assert found is not None
    assert (found.kind, found.ref) == ("idea", idea.code)
    assert db.session.scalars(fulltext.matching("idea-desk", "BANCS")).all() == [idea.code]
    assert db.session.scalars(fulltext.matching("idea", "banc")).all() == []


@pytest.mark.usefixtures("session")
def test_received_twice_is_received_once() -> None:
    first = actions.receive(
        text="Un banc", door=Door.WEB, submission_key=KEY, reply=Reply.MAIL, contact="a@b.fr"
    )
    again = actions.receive(text="Un autre texte", door=Door.WEB, submission_key=KEY)
    assert first == again
    assert db.session.scalars(select(func.count()).select_from(FollowUp)).one() == 1
    assert db.session.scalars(select(func.count()).select_from(Message)).one() == 1


def test_a_form_sent_twice_in_the_same_moment_is_one_idea(app: Flask) -> None:
    together = threading.Barrier(4)

    def send(_click: int) -> str:
        with app.app_context():
            together.wait()
            idea, _code = actions.receive(text="Un banc", door=Door.WEB, submission_key=KEY)
            db.session.commit()
            return idea.code

    with ThreadPoolExecutor(4) as clicks:
        assert len(set(clicks.map(send, range(4)))) == 1
    with app.app_context():
        assert db.session.scalars(select(func.count()).select_from(Idea)).one() == 1
        assert db.session.scalars(select(func.count()).select_from(FollowUp)).one() == 1


@pytest.mark.usefixtures("session")
def test_a_contact_is_kept_only_where_the_answer_needs_one() -> None:
    for number, reply in enumerate(Reply):
        key = f"{number}" * 32
        idea, _code = actions.receive(
            text="Un banc", door=Door.PHONE, submission_key=key, reply=reply, contact="a@exemple.fr"
        )
        kept = reply in {Reply.MAIL, Reply.PHONE, Reply.LETTER}
        assert idea.contact == ("a@exemple.fr" if kept else None)


@pytest.mark.usefixtures("session")
def test_the_confirmation_says_what_happens_next_and_never_the_code() -> None:
    idea, code = actions.receive(
        text="Un banc",
        door=Door.WEB,
        submission_key=KEY,
        reply=Reply.MAIL,
        contact="lea@exemple.fr",
        first_name="Léa",
    )
    message = db.session.scalars(select(Message)).one()
    assert (message.kind, message.address) == (Kind.CONFIRMATION, "lea@exemple.fr")
    assert "Bonjour Léa," in message.body
    assert "au plus tard" in message.body
    assert code not in message.body
    assert "/suivi" in message.body
    assert (message.about_kind, message.about_ref) == ("idea", idea.code)


@pytest.mark.usefixtures("session")
def test_the_confirmation_speaks_the_language_of_the_author() -> None:
    said: Any = {"text": "A bench", "reply": Reply.MAIL, "contact": "lea@exemple.fr", "language": "en"}
    actions.receive(door=Door.WEB, submission_key=KEY, **said)
    assert db.session.scalars(select(Message)).one().subject == "We have received your idea"


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("place", ["text", "helper_summary"])
def test_distress_is_flagged_and_told_without_a_word(place: str) -> None:
    chloe = make.account("Chloé", Role.COORDINATOR)
    make.referent(chloe)
    said: Any = {"text": "Un banc"} | {place: "Il dit : je veux mourir"}
    idea, _code = actions.receive(door=Door.WEB, submission_key=KEY, **said)
    assert idea.is_distress
    message = db.session.scalars(select(Message)).one()
    assert (message.kind, message.address) == (Kind.ALERT, chloe.email)
    assert "Un banc" not in f"{message.subject} {message.body}"
    assert "mourir" not in f"{message.subject} {message.body}"


@pytest.mark.usefixtures("session")
def test_without_anybody_to_tell_it_is_flagged_all_the_same() -> None:
    idea, _code = actions.receive(text="je veux mourir", door=Door.WEB, submission_key=KEY)
    assert idea.is_distress
    assert db.session.scalars(select(Message)).all() == []


@pytest.mark.usefixtures("session")
def test_who_noted_it_is_not_its_author() -> None:
    chloe, amina = make.account("Chloé", Role.STAFF), make.account()
    noted, _code = actions.receive(text="x", door=Door.PHONE, submission_key=KEY, entered_by=chloe)
    assert (noted.entered_by_id, noted.account_id) == (chloe.id, None)
    own, _code = actions.receive(text="x", door=Door.WEB, submission_key="m" * 32, account=amina)
    assert (own.entered_by_id, own.account_id) == (None, amina.id)


@pytest.mark.usefixtures("session")
def test_a_voice_counts_once_and_leaves_the_version_alone() -> None:
    amina, idea = make.account(), make.idea(publication=Publication.PUBLIC)
    version = idea.version
    for _twice in range(2):
        actions.support(idea, by=amina, device="")
        actions.support(idea, by=None, device="phone")
    assert idea.support_count == 2
    assert queries.voices(idea.code, amina, "") == queries.Voices(2, True)
    assert queries.voices(idea.code, None, "phone") == queries.Voices(2, True)
    assert queries.voices(idea.code, None, "another") == queries.Voices(2, False)
    assert queries.voices(idea.code, None, "") == queries.Voices(2, False)
    make.membership(make.group(), amina)
    assert queries.voices(idea.code, amina, "") == queries.Voices(2, True, belongs=True)
    for _twice in range(2):
        actions.stop_supporting(idea, by=None, device="phone")
    assert (idea.support_count, idea.version) == (1, version)
    assert db.session.scalars(select(Support)).one().account_id == amina.id


def test_two_presses_from_two_places_count_twice(app: Flask) -> None:
    with app.app_context():
        code = make.idea(publication=Publication.PUBLIC).code
        db.session.commit()
    for device in ("one", "two"):
        with app.app_context():
            idea = db.session.scalars(select(Idea).filter_by(code=code)).one()
            actions.support(idea, by=None, device=device)
            db.session.commit()
    with app.app_context():
        assert db.session.scalars(select(Idea)).one().support_count == 2
