"""Wide tables of the team: on a phone each row is a card that names its columns."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from engage.accounts.models import Role
from engage.core.db import db
from engage.groups.models import MemberKind
from engage.intake.models import Door
from engage.involvement.models import Stage
from tests import make
from tests.browser import Visitor
from tests.involvement.test_figures import _went


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


def folded(page: str) -> list[list[str]]:
    """What each row of each table that folds says before its values."""
    tables = re.findall(r'class="scroll folding".*?</table>', page, re.DOTALL)
    assert tables
    rows = [row for table in tables for row in re.findall(r"<tr class.*?</tr>", table, re.DOTALL)]
    return [re.findall(r'data-label="([^"]+)"', row) for row in rows]


def test_each_value_says_its_column(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        group = make.group()
        benoit = make.account("Benoît", Role.PARTNER)
        make.membership(group, benoit, kind=MemberKind.FACILITATOR)
        _went("Zoé", (5, Stage.MEMBER), days_ago=20, door=Door.RECEPTION)
        db.session.commit()
        code = group.code
    chloe.get(f"/equipe/groupes/{code}")
    assert {tuple(row) for row in folded(chloe.page)} == {
        ("Membres", "Invitations en cours", "Places", "Places libres")
    }
    chloe.get(f"/equipe/groupes/{code}/historique")
    assert folded(chloe.page) == [["Rôle", "Depuis", "Jusqu’au"]]
    chloe.get("/equipe/parcours/chiffres")
    assert {len(row) for row in folded(chloe.page)} == {6}
    chloe.get("/equipe/partenaires")
    assert ["Comment", "Missions", "Frais"] in folded(chloe.page)
