"""The coordinator's day says which decision of a group comes back, and which task is late; each once."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from engage.accounts.models import Account, Role
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.desk.todo import MOST, todos
from engage.groups.calling.applying import actions as applying
from engage.groups.models import MemberKind
from tests import make
from tests.browser import Visitor
from tests.desk.test_day import complaint, due
from tests.groups.calling import sample
from tests.groups.deciding import voting
from tests.groups.meeting import sample as meetings
from tests.groups.minutes import meeting as held


def test_what_comes_back_and_what_is_late(app: Flask, chloe: Visitor, benoit: Visitor) -> None:
    chloe.get("/equipe")
    assert "décision" not in chloe.page
    with app.app_context():
        group = make.group()
        make.membership(group, benoit.account, kind=MemberKind.FACILITATOR)
        today = centre_today()
        voting.closed(group, benoit.account, review_on=today)
        voting.closed(group, benoit.account, question="Et le jeudi ?", review_on=today - timedelta(days=1))
        held.task(group, benoit.account, due_on=today - timedelta(days=2))
        db.session.commit()
    chloe.get("/equipe")
    assert "2 décisions à revoir" in chloe.page
    assert "Et le jeudi" in chloe.page
    assert "Une tâche d’un groupe est en retard" in chloe.page
    assert "Demander trois devis" in chloe.page


def test_what_a_group_does_by_itself_is_no_line_of_the_team(app: Flask, chloe: Visitor) -> None:
    """Nobody of the team may review or tick there: the line would never go."""
    with app.app_context():
        group = voting.group()
        chair = voting.members(group, 1)[0]
        voting.closed(group, chair, review_on=centre_today())
        held.task(group, chair, due_on=centre_today() - timedelta(days=2))
        db.session.commit()
    chloe.get("/equipe")
    assert "à revoir" not in chloe.page
    assert "en retard" not in chloe.page


def an_older_morning(person: Account) -> None:
    """More than seven things that stand before all others."""
    for days in range(3):
        make.idea(f"Je n’en peux plus {days}.", is_distress=True)
        due(-days, owner_id=person.id)
    complaint()
    make.idea("Un banc.")


def test_who_applied_and_who_lives_by_paper_keep_their_lines(session: None) -> None:
    """They are promised an answer, and read nothing otherwise: one line a kind, behind any others."""
    steers = make.account("Chloé", Role.COORDINATOR)
    an_older_morning(steers)
    call = sample.call(steers)
    for name in ("Rose", "Léa"):
        applying.apply(call, **sample.said(name))
    group = make.group()
    for name in ("Ana", "Bob"):
        meetings.belongs(group, name, email=None)
    meetings.meeting(group, starts_at=now() + timedelta(days=3))
    found = [todo.title for todo in todos(steers)]
    assert len(found) == MOST
    assert found[0] == "Un message parle de détresse"
    assert found[-2:] == ["2 candidatures attendent une réponse", "2 personnes attendent des papiers"]


def test_the_whole_team_posts_papers_and_the_coordination_answers(session: None) -> None:
    steers, helps = make.account("Chloé", Role.COORDINATOR), make.account("Karim", Role.STAFF)
    applying.apply(sample.call(steers), **sample.said())
    group = make.group()
    meetings.belongs(group, "Ana", email=None)
    meetings.meeting(group, starts_at=now() + timedelta(days=3))
    found = [todo.title for todo in todos(helps)]
    assert found[0] == "1 personne attend des papiers"
    assert not [title for title in found if "candidature" in title]


def test_the_line_of_papers_leads_to_them(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        group = make.group()
        meetings.belongs(group, "Ana", email=None)
        meetings.meeting(group, starts_at=now() + timedelta(days=3))
        db.session.commit()
    chloe.get("/equipe")
    assert "1 personne attend des papiers" in chloe.page
    assert "Imprimer et poster" in chloe.page
    chloe.get("/equipe/courriers")
    assert "Ana" in chloe.page
