"""Who may do what at the desk of ideas."""

from __future__ import annotations

import pytest
from flask import Flask

from engage.accounts.models import Account, Role
from engage.core.db import db
from engage.ideas.moderation import permissions as may
from engage.ideas.moderation.merging import permissions as may_merge
from engage.ideas.moderation.progress import permissions as may_progress
from engage.ideas.moderation.publication import permissions as may_publish
from engage.ideas.moderation.selection import permissions as may_select
from tests import make
from tests.browser import Visitor

TEAM = [
    may.moderate, may.assign, may.read_distress, may.mark_read, may.reveal,
    may_publish.publish, may_publish.keep_to_team, may_publish.edit, may_publish.refuse, may_publish.ask,
    may_publish.show_precision, may_progress.move, may_progress.draft, may_progress.answer,
    may_merge.merge, may_merge.unmerge, may_select.act_on,
]  # fmt: skip
GETS = ["", "idee0001", "idee0001/photo", "idee0001/fusion", "phrases"]
POSTS = [
    "publication", "equipe-seule", "mots", "refus", "question", "precision", "avancement", "brouillon",
    "reponse", "attribution", "detresse", "lu", "devoile", "fusion", "separation",
]  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_the_team_moderates_and_the_coordination_writes_the_sentences(role: Role) -> None:
    person = Account(role=role, first_name="X")
    team = role in {Role.STAFF, Role.COORDINATOR, Role.ADMIN}
    assert {allowed(person) for allowed in TEAM} == {team}
    assert may.write_sentences(person) == (role in {Role.COORDINATOR, Role.ADMIN})
    assert not any(allowed(None) for allowed in (*TEAM, may.write_sentences))


@pytest.mark.parametrize("who", ["amina", "benoit", "nobody"])
def test_nobody_else_comes_in(app: Flask, who: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(who)
    with app.app_context():
        make.idea(code="idee0001")
        db.session.commit()
    refused = 302 if who == "nobody" else 403
    for path in GETS:
        visitor.get(f"/equipe/idees/{path}".rstrip("/"), status=refused)
    for path in [*(f"idee0001/{deed}" for deed in POSTS), "selection", "phrases"]:
        visitor.post(f"/equipe/idees/{path}".rstrip("/"), status=refused)
