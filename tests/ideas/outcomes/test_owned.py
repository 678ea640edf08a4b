"""A group owns commitments and proposes events: forms, pages, and the page of the group say so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from engage.centre.queries import centre_today
from engage.commitments.models import Commitment
from engage.core.clock import now
from engage.core.db import db
from engage.events.models import Event
from engage.groups.models import Group
from tests import make
from tests.browser import Visitor


@pytest.fixture
def group(app: Flask) -> tuple[str, int]:
    with app.app_context():
        made = make.group("Groupe Bouger")
        db.session.commit()
        return made.code, made.id


def test_a_commitment_of_a_group(app: Flask, group: tuple[str, int], chloe: Visitor, nobody: Visitor) -> None:
    code, key = group
    with app.app_context():
        due = (centre_today() + timedelta(days=30)).isoformat()
    chloe.get("/equipe/engagements/nouveau")
    facts = {"title": "Un banc dehors", "said": "", "summary": "", "due_on": due, "rung": "partnership"}
    nobodys = {"owner_id": "", "theme_id": ""}
    chloe.post("/equipe/engagements/nouveau", {**facts, **nobodys, "group_id": "99"}, status=422)
    shown = chloe.post("/equipe/engagements/nouveau", {**facts, **nobodys, "group_id": str(key)})
    chloe.follow(shown)
    assert "Groupe Bouger" in chloe.page
    with app.app_context():
        made = db.session.query(Commitment).one().code
    for page in (f"/ce-qui-change/{made}", "/ce-qui-change"):
        nobody.get(page)
        assert "Un engagement du groupe" in nobody.page
    nobody.get(f"/groupes/{code}")
    assert "Un banc dehors" in nobody.page
    chloe.get(f"/equipe/engagements/{made}/modification")
    chloe.post(f"/equipe/engagements/{made}/modification", {**facts, **nobodys, "group_id": ""})
    nobody.get(f"/groupes/{code}")
    assert "Un banc dehors" not in nobody.page


def test_a_group_that_ended_keeps_its_commitments(app: Flask, group: tuple[str, int], chloe: Visitor) -> None:
    """It stays in the list to choose from: to mend a word must not take it off."""
    _code, key = group
    with app.app_context():
        db.session.get_one(Group, key).closed_at = now()
        made = make.commitment(group_id=key).code
        db.session.commit()
    chloe.get(f"/equipe/engagements/{made}/modification")
    assert f'<option selected value="{key}">Groupe Bouger' in chloe.page


def test_an_event_that_a_group_proposes(
    app: Flask, group: tuple[str, int], chloe: Visitor, nobody: Visitor
) -> None:
    code, key = group
    with app.app_context():
        event = make.event("Marche du jeudi", place="Parc", proposed_by="et le club de marche")
        date = make.occurrence(event).code
        make.occurrence(event, starts_at=now() + timedelta(days=20))
        db.session.commit()
        event_code = event.code
    chloe.get(f"/equipe/evenements/{event_code}/modification")
    assert "Groupe Bouger" in chloe.page
    with app.app_context():
        db.session.query(Event).one().group_id = key
        db.session.commit()
    chloe.get(f"/equipe/evenements/{event_code}/modification")
    assert f'<option selected value="{key}">Groupe Bouger' in chloe.page
    nobody.get(f"/evenements/{date}")
    assert "Proposé par le groupe" in nobody.page
    assert "et le club de marche" in nobody.page
    nobody.get(f"/groupes/{code}")
    assert nobody.page.count("Marche du jeudi") == 1  # each event once, with its next date
    assert f"/evenements/{date}" in nobody.page


def test_what_a_hidden_group_does_is_named_without_a_link(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        group = make.group("Groupe discret", is_public=False)
        promise = make.commitment(group_id=group.id).code
        date = make.occurrence(make.event(group_id=group.id)).code
        db.session.commit()
        code = group.code
    for page in (f"/ce-qui-change/{promise}", f"/evenements/{date}"):
        nobody.get(page)
        assert "Groupe discret" in nobody.page
        assert f"/groupes/{code}" not in nobody.page
