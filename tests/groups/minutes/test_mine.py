"""What waits for somebody in their groups stands on their own page; what they wrote is in their copy."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask

from engage.centre.queries import centre_today
from engage.core.db import db
from engage.groups.deciding import actions as deciding
from engage.groups.minutes.models import MinutesState
from engage.groups.models import Autonomy, Group, MemberKind, Membership
from tests import make
from tests.browser import Visitor
from tests.groups.deciding import voting
from tests.groups.minutes import meeting as held


@pytest.fixture
def group(app: Flask, benoit: Visitor) -> int:
    """Benoît chairs it; a ballot is open, a decision comes back, a task of his is late."""
    with app.app_context():
        made = make.group(autonomy=Autonomy.OWN_DECISIONS)
        make.membership(made, benoit.account, kind=MemberKind.CO_CHAIR)
        voting.ask(made, benoit.account, question="Quel jour ?")
        today = centre_today()
        voting.closed(made, benoit.account, question="On continue ?", review_on=today)
        held.task(made, benoit.account, due_on=today - timedelta(days=1))
        held.task(made, make.account("Odile"), text="La tâche d’une autre")
        db.session.commit()
        return made.id


def test_what_waits_for_me(app: Flask, group: int, benoit: Visitor, amina: Visitor) -> None:
    benoit.get("/mon-espace")
    for said in ("Mes groupes", "Quel jour ?", "On continue ?", "Demander trois devis", "en retard"):
        assert said in benoit.page
    assert "La tâche d’une autre" not in benoit.page
    with app.app_context():
        make.membership(db.session.get_one(Group, group), amina.account)
        db.session.commit()
    amina.get("/mon-espace")
    assert "Quel jour ?" in amina.page
    assert "On continue ?" not in amina.page  # who chairs looks at it again


def test_a_ballot_that_is_given_is_asked_for_no_more(app: Flask, group: int, benoit: Visitor) -> None:
    with app.app_context():
        code = voting.ask(db.session.get_one(Group, group), benoit.account, question="Où ?").code
        db.session.commit()
    benoit.get(f"/groupes/decisions/{code}")
    benoit.post(f"/groupes/decisions/{code}/bulletin", {"score_0": "1", "score_1": "1", "score_2": "1"})
    benoit.get("/mon-espace")
    assert "Où ?" not in benoit.page


def test_my_copy_holds_what_i_wrote_and_that_i_voted_never_what(
    app: Flask, group: int, benoit: Visitor
) -> None:
    with app.app_context():
        made = db.session.get_one(Group, group)
        minutes = held.minutes(held.meeting(made), MinutesState.SHARED, written_by_id=benoit.account_id)
        held.correction(minutes, benoit.account)
        asked = voting.ask(made, benoit.account, question="Combien ?")
        deciding.vote(asked, scores={"0": 5, "1": 4, "2": 3}, by=benoit.account)
        db.session.commit()
    record = json.loads(benoit.get("/vos-donnees/copie").data)["in_groups"]
    assert record["corrections"][0]["words"] == "C’était mercredi."
    assert record["tasks"][0]["text"] == "Demander trois devis"
    assert record["minutes"][0]["heard"] == "La salle est froide."
    assert record["voted_on"] == ["Combien ?"]
    assert "scores" not in json.dumps(record)


def test_who_left_a_group_has_nothing_to_do_there(app: Flask, group: int, benoit: Visitor) -> None:
    with app.app_context():
        one = db.session.query(Membership).filter_by(account_id=benoit.account_id).one()
        one.ended_at = one.begun_at
        db.session.commit()
    benoit.get("/mon-espace")
    assert "Mes groupes" not in benoit.page
    assert "Demander trois devis" not in benoit.page
