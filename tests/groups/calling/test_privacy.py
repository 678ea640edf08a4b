"""What an account applied for and agreed to is in its copy, and goes when the account goes."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.db import db
from engage.groups.calling.models import Application, ApplicationState
from engage.groups.charter import actions as charters
from tests import make
from tests.browser import Visitor
from tests.groups.calling.sample import applied, call


@pytest.fixture
def engine_name() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


def test_a_copy_and_an_erasure_hold_applications_and_agreements(app: Flask, amina: Visitor) -> None:
    with app.app_context():
        by, group = make.account("Chloé", Role.COORDINATOR), make.group()
        member = make.membership(group, amina.account)
        applied(call(by), account=amina.account)
        charter = charters.draft(group, by=by)
        charters.publish(charter, group, version=charter.version, by=by)
        charters.agree(charter, member, by=amina.account)
        db.session.commit()
    record = json.loads(amina.get("/vos-donnees/copie").data)
    assert record["applications"][0]["answers"] == ["Pour aider.", ""]
    assert record["charters"][0]["version"] == 1
    amina.get("/vos-donnees/effacement")
    amina.post("/vos-donnees/effacement", {"sure": "y"})
    with app.app_context():
        made = db.session.scalars(select(Application)).one()
        assert (made.state, made.name, made.answers) == (ApplicationState.WITHDRAWN, None, None)
