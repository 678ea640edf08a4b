"""A group takes up an idea, answers in its own name, lets it go; its page and the idea's page say so."""

from __future__ import annotations

import pytest
from flask import Flask

from engage.core.clock import now
from engage.core.db import db
from engage.groups.models import Autonomy, Group, MemberKind
from engage.ideas.models import Idea, Publication, Step
from engage.ideas.timeline.models import IdeaGroup
from engage.intake.models import Reply
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make
from tests.browser import Visitor


@pytest.fixture
def group(app: Flask, benoit: Visitor) -> str:
    """Benoît chairs a group that closes its own decisions."""
    with app.app_context():
        made = make.group(autonomy=Autonomy.OWN_CHAIR)
        make.membership(made, benoit.account, kind=MemberKind.CO_CHAIR)
        db.session.commit()
        return made.code


@pytest.fixture
def idea(app: Flask) -> str:
    with app.app_context():
        made = make.idea(
            publication=Publication.PUBLIC, reply=Reply.MAIL, contact="odile@exemple.fr", title="Un banc"
        )
        db.session.commit()
        return made.code


def lead_with_the_team(app: Flask, group: str) -> None:
    with app.app_context():
        db.session.query(Group).filter_by(code=group).one().autonomy = Autonomy.CO_LED
        db.session.commit()


def test_a_chair_takes_it_up_and_answers_in_the_name_of_the_group(
    app: Flask, idea: str, group: str, benoit: Visitor, nobody: Visitor
) -> None:
    benoit.get(f"/idees/{idea}")
    assert "Notre groupe et cette idée" in benoit.page
    benoit.get(f"/idees/{idea}/groupes")
    benoit.post(f"/idees/{idea}/groupes", {"group": "ailleurs"}, status=422)
    benoit.follow(benoit.post(f"/idees/{idea}/groupes", {"group": group}))
    benoit.post(f"/idees/{idea}/groupes/{group}/reponse", {f"{group}-text": " "}, status=422)
    benoit.post(f"/idees/{idea}/groupes/{group}/reponse", {f"{group}-text": "Le banc arrive."})
    nobody.get(f"/idees/{idea}")
    for said in ("Qui s’en occupe", "Commission d’usagers", "Le banc arrive."):
        assert said in nobody.page
    assert "Notre groupe et cette idée" not in nobody.page
    nobody.get(f"/groupes/{group}")
    assert "Un banc" in nobody.page
    with app.app_context():
        steps = db.session.query(Step).order_by(Step.id).all()
        assert [(step.kind, step.by_role) for step in steps] == [
            ("progress", "Commission d’usagers"), ("answer", "Commission d’usagers"),
        ]  # fmt: skip
        assert db.session.query(Idea).one().answered_at
        assert db.session.query(IdeaGroup).one().answered_at
        told = [message.subject for message in db.session.query(Message).order_by(Message.id)]
        assert told == ["Un groupe s’occupe de votre idée", "Le groupe « Commission d’usagers » a répondu"]
        assert [one.verb for one in db.session.query(Entry).order_by(Entry.id)] == [
            "taken up by a group", "answered for a group",
        ]  # fmt: skip


def test_taken_up_once_and_let_go(
    app: Flask, idea: str, group: str, benoit: Visitor, nobody: Visitor
) -> None:
    benoit.get(f"/idees/{idea}/groupes")
    benoit.post(f"/idees/{idea}/groupes", {"group": group})
    benoit.post(f"/idees/{idea}/groupes", {"group": group}, status=409)
    benoit.post(f"/idees/{idea}/groupes/{group}/retrait")
    benoit.post(f"/idees/{idea}/groupes/{group}/retrait", status=409)
    benoit.post(f"/idees/{idea}/groupes/{group}/reponse", {f"{group}-text": "Trop tard."}, status=409)
    nobody.get(f"/idees/{idea}")
    assert "Qui s’en occupe" not in nobody.page
    assert "ne s’en occupe plus" in nobody.page


def test_the_team_hands_it_to_a_group_from_the_desk(
    app: Flask, idea: str, group: str, chloe: Visitor, amina: Visitor
) -> None:
    lead_with_the_team(app, group)
    chloe.get(f"/equipe/idees/{idea}")
    assert "La confier à un groupe" in chloe.page
    chloe.get(f"/idees/{idea}/groupes")
    chloe.post(f"/idees/{idea}/groupes", {"group": group})
    chloe.get(f"/equipe/idees/{idea}")
    assert "Suivie par" in chloe.page
    amina.get(f"/idees/{idea}/groupes", status=403)
    amina.post(f"/idees/{idea}/groupes/{group}/reponse", {f"{group}-text": "Moi."}, status=403)
    amina.post(f"/idees/{idea}/groupes/{group}/retrait", status=403)


def test_who_only_belongs_to_a_group_does_not_speak_for_it(
    app: Flask, idea: str, group: str, amina: Visitor
) -> None:
    with app.app_context():
        make.membership(db.session.query(Group).filter_by(code=group).one(), amina.account)
        db.session.commit()
    amina.get(f"/idees/{idea}/groupes", status=403)
    amina.get(f"/idees/{idea}")
    assert "Notre groupe et cette idée" not in amina.page


def test_a_second_press_answers_once_and_tells_once(
    app: Flask, idea: str, group: str, benoit: Visitor
) -> None:
    benoit.get(f"/idees/{idea}/groupes")
    benoit.post(f"/idees/{idea}/groupes", {"group": group})
    for _press in range(2):
        benoit.post(f"/idees/{idea}/groupes/{group}/reponse", {f"{group}-text": "Le banc arrive."})
    benoit.post(f"/idees/{idea}/groupes/{group}/reponse", {f"{group}-text": "Il est là."})
    with app.app_context():
        answers = db.session.query(Step).filter_by(kind="answer").order_by(Step.id)
        assert [one.words for one in answers] == ["Le banc arrive.", "Il est là."]
        assert db.session.query(Message).count() == 3


def test_the_team_speaks_for_no_group_that_decides_by_itself(
    app: Flask, idea: str, group: str, benoit: Visitor, chloe: Visitor
) -> None:
    benoit.get(f"/idees/{idea}/groupes")
    benoit.post(f"/idees/{idea}/groupes", {"group": group})
    chloe.get(f"/idees/{idea}/groupes")
    assert "Réponse du groupe" not in chloe.page
    chloe.post(f"/idees/{idea}/groupes/{group}/reponse", {f"{group}-text": "Pour eux."}, status=403)
    chloe.post(f"/idees/{idea}/groupes/{group}/retrait", status=403)
    with app.app_context():
        db.session.query(Group).filter_by(code=group).one().closed_at = now()
        db.session.commit()
    chloe.get(f"/idees/{idea}/groupes")
    chloe.post(f"/idees/{idea}/groupes/{group}/retrait")


def test_what_is_not_public_is_not_on_the_page_of_the_group(
    app: Flask, group: str, chloe: Visitor, benoit: Visitor
) -> None:
    lead_with_the_team(app, group)
    with app.app_context():
        code = make.idea("Entre nous seulement.", publication=Publication.TEAM).code
        db.session.commit()
    benoit.get(f"/idees/{code}/groupes", status=404)
    chloe.get(f"/idees/{code}/groupes")
    chloe.post(f"/idees/{code}/groupes", {"group": group})
    benoit.get(f"/groupes/{group}/espace")
    assert "Entre nous" not in benoit.page


def test_however_many_groups_somebody_speaks_for_they_are_asked_for_at_once(
    app: Flask, idea: str, group: str, benoit: Visitor, chloe: Visitor
) -> None:
    def questions() -> list[int]:
        counts = []
        for reader in (benoit, chloe):
            with reader.counting() as asked:
                reader.get(f"/idees/{idea}")
            assert "Notre groupe et cette idée" in reader.page
            counts.append(len(asked))
        return counts

    lead_with_the_team(app, group)
    with app.app_context():
        mine = make.group("Cercle", autonomy=Autonomy.OWN_CHAIR)
        make.membership(mine, benoit.account, kind=MemberKind.CO_CHAIR)
        db.session.commit()
    before = questions()
    with app.app_context():
        for number in range(4):
            more = make.group(f"Groupe {number}", autonomy=Autonomy.OWN_AGENDA)
            make.membership(more, benoit.account, kind=MemberKind.CO_CHAIR)
            make.membership(more, chloe.account)
        db.session.commit()
    assert questions() == before
