"""Papers for those who live by paper: who waits for which, printed together, noted as posted once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from engage.core.clock import now
from engage.core.db import db
from engage.groups.digest.posting import queries
from engage.groups.meeting.models import Meeting
from engage.groups.minutes.models import Minutes, MinutesState
from engage.groups.models import Group, MembershipPause, MembershipWish
from engage.journal.models import Entry
from engage.outbox.models import Message, State
from tests import make
from tests.browser import Visitor
from tests.core.paper import sizes, words
from tests.groups.meeting.sample import belongs, meeting, point

LONG_AGO = now() - timedelta(days=100)


def wish(membership_id: int, **values: object) -> None:
    held = db.session.get_one(MembershipWish, membership_id)
    for name, value in values.items():
        setattr(held, name, value)


@pytest.fixture
def group(session: None) -> Group:
    """Ana has no mail, Bob wants paper, Eve has left, Tom is paused, Zoe reads mail."""
    group = make.group()
    wish(belongs(group, "Ana", email=None, begun_at=LONG_AGO).id, address="3 rue des Tilleuls\n01000 Bourg")
    wish(belongs(group, "Bob", begun_at=LONG_AGO).id, wants_post=True)
    belongs(group, "Eve", email=None, begun_at=LONG_AGO, ended_at=now())
    tom = belongs(group, "Tom", email=None, begun_at=LONG_AGO)
    db.session.add(MembershipPause(membership_id=tom.id, begun_at=now()))
    belongs(group, "Zoe", begun_at=LONG_AGO)
    db.session.commit()
    return group


def told(group: Group) -> Meeting:
    """A meeting that is over, with minutes to read."""
    held = meeting(group, title="Novembre", starts_at=now() - timedelta(days=3))
    facts = {"heard": "Le parking est plein.", "decided": "Demander trois devis.", "written_at": now()}
    shared = {"state": MinutesState.SHARED, "shared_at": now(), "correct_until": date(2100, 1, 1)}
    db.session.add(Minutes(meeting_id=held.id, **facts, **shared))
    db.session.flush()
    return held


def waiting() -> list[tuple[str, list[str]]]:
    return [(one.account.first_name, [str(paper.kind) for paper in one.papers]) for one in queries.letters()]


def how_many() -> int:
    return db.session.execute(select(queries.how_many())).scalar_one()


def test_agendas_wait_when_they_are_closed_or_the_day_is_near(group: Group) -> None:
    far = meeting(group, starts_at=now() + timedelta(days=40))
    assert waiting() == []
    far.agenda_closed_at = now()
    db.session.flush()
    assert waiting() == [("Ana", ["agenda"]), ("Bob", ["agenda"])]
    far.cancelled_at = now()
    meeting(group, starts_at=now() + timedelta(days=13))
    assert waiting() == [("Ana", ["agenda"]), ("Bob", ["agenda"])]
    assert how_many() == 2
    group.closed_at = now()
    db.session.flush()
    assert (waiting(), how_many()) == ([], 0)


def test_minutes_wait_once_they_are_shared_for_who_was_there_by_then(group: Group) -> None:
    held = told(group)
    assert waiting() == [("Ana", ["minutes"]), ("Bob", ["minutes"])]
    minutes = db.session.get_one(Minutes, held.id)
    minutes.shared_at = LONG_AGO - timedelta(days=1)
    db.session.flush()
    assert waiting() == []


def test_somebody_of_two_groups_gets_one_letter(group: Group) -> None:
    other = make.group("Cercle")
    ana = next(one.account for one in _letters_of(group) if one.account.first_name == "Ana")
    make.membership(other, ana, begun_at=LONG_AGO)
    meeting(other)
    assert waiting() == [("Ana", ["agenda", "agenda"]), ("Bob", ["agenda"])]


def _letters_of(group: Group) -> list[queries.Letter]:
    meeting(group)
    return queries.letters()


def test_the_team_prints_posts_and_notes_it_once(app: Flask, group: Group, chloe: Visitor) -> None:
    held = meeting(group, title="Décembre", agenda_closed_at=now())
    point(held, "Le budget")
    told(group)
    db.session.commit()
    chloe.get("/equipe/courriers")
    assert "Ana" in chloe.page
    assert "rue des Tilleuls" not in chloe.page
    answer = chloe.post("/equipe/courriers/courriers.pdf", status=200)
    said = words(answer.get_data())
    for part in ("3 rue des Tilleuls", "Le budget", "Demander trois devis.", "À remettre à l’accueil"):
        assert part in said
    assert min(sizes(answer.get_data())) >= 14
    assert db.session.query(Entry).filter_by(verb="papers printed").count() == 2
    keys = [paper.key for letter in queries.letters() for paper in letter.papers]
    chloe.get("/equipe/courriers")
    chloe.follow(chloe.post("/equipe/courriers/postes", {"paper": [keys[0], "post unknown"]}))
    assert "1 document est posté" in chloe.page
    chloe.follow(chloe.post("/equipe/courriers/postes", {"paper": keys}))
    assert "3 documents sont postés" in chloe.page
    assert "Personne n’attend" in chloe.page
    chloe.follow(chloe.post("/equipe/courriers/postes", {"paper": keys}))
    assert "déjà noté" in chloe.page
    chloe.follow(chloe.post("/equipe/courriers/courriers.pdf"))
    db.session.rollback()
    assert {one.state for one in db.session.query(Message)} == {State.TOLD}
    assert db.session.query(Message).count() == 4


def test_what_was_not_posted_after_all_waits_again(group: Group, chloe: Visitor) -> None:
    meeting(group)
    db.session.commit()
    key = queries.letters()[0].papers[0].key
    chloe.post("/equipe/courriers/postes", {"paper": [key]})
    db.session.rollback()
    message = queries.message(key)
    assert message is not None
    message.state = State.WAITING
    db.session.commit()
    assert [name for name, _papers in waiting()] == ["Ana", "Bob"]
    chloe.post("/equipe/courriers/postes", {"paper": [key]})
    db.session.rollback()
    assert [name for name, _papers in waiting()] == ["Bob"]


def test_members_do_not_see_it(amina: Visitor, benoit: Visitor) -> None:
    for visitor in (amina, benoit):
        visitor.get("/equipe/courriers", status=403)
        visitor.post("/equipe/courriers/courriers.pdf", status=403)
        visitor.post("/equipe/courriers/postes", {"paper": ["x"]}, status=403)
