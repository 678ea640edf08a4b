"""The coordinator's day says which decision of a group comes back, and which task is late; each once."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from engage.centre.queries import centre_today
from engage.core.db import db
from engage.groups.models import MemberKind
from tests import make
from tests.browser import Visitor
from tests.groups.deciding import voting
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
