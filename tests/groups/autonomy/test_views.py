"""The page of the five steps, and the button that carries a decision out."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from engage.core.db import db
from engage.groups.models import Autonomy, Group, MemberKind
from tests import make
from tests.browser import Visitor
from tests.groups.autonomy.test_moving import decided


@pytest.fixture
def engine_name() -> str:
    """What the pages do; the rules are tried on both engines beside."""
    return "sqlite"


def test_everybody_reads_where_a_group_stands(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        code = make.group(autonomy=Autonomy.CO_LED).code
        db.session.commit()
    page = nobody.get(f"/groupes/{code}/autonomie").text
    assert page.count("Le groupe en est ici") == 1
    assert "Fixer les réunions et l’ordre du jour" in page
    assert "L’appliquer maintenant" not in page
    assert "Changer d’étape" not in page


def test_a_co_chair_carries_out_what_the_group_decided(app: Flask, amina: Visitor, benoit: Visitor) -> None:
    with app.app_context():
        group = make.group(budget_line="500 euros par an", autonomy=Autonomy.OWN_CHAIR)
        make.membership(group, amina.account, kind=MemberKind.CO_CHAIR)
        make.membership(group, benoit.account)
        decision = decided(group, Autonomy.OWN_DECISIONS).code
        code = group.code
        db.session.commit()
    path = f"/groupes/{code}/autonomie"
    assert "La coprésidence ou l’équipe l’applique" in benoit.get(path).text
    benoit.post(f"{path}/{decision}", status=403)
    assert "L’appliquer maintenant" in amina.get(path).text
    amina.follow(amina.post(f"{path}/{decision}"))
    assert "500 euros par an" in amina.page
    assert "Passer à own_decisions" in amina.page
    amina.post(f"{path}/{decision}", status=409)
    with app.app_context():
        assert db.session.scalars(select(Group)).one().autonomy is Autonomy.OWN_DECISIONS


def test_the_question_behind_a_step_stays_in_the_group(app: Flask, amina: Visitor, nobody: Visitor) -> None:
    with app.app_context():
        group = make.group()
        make.membership(group, amina.account, kind=MemberKind.CO_CHAIR)
        decision = decided(group, Autonomy.CO_LED).code
        code = group.code
        db.session.commit()
    amina.get(f"/groupes/{code}/autonomie")
    amina.follow(amina.post(f"/groupes/{code}/autonomie/{decision}"))
    assert "Passer à co_led" not in nobody.get(f"/groupes/{code}/autonomie").text
    amina.post(f"/groupes/{code}/autonomie/zzzz", status=404)
