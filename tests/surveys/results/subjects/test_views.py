"""A group takes up what the published results of a survey say, and lets it go."""

from __future__ import annotations

import pytest
from flask import Flask

from engage.core.db import db
from engage.groups.models import Autonomy, Group, MemberKind
from engage.journal.models import Entry
from engage.surveys.results.sheet.models import State, SurveySheet
from engage.surveys.results.subjects.models import Finding
from tests import make
from tests.browser import Visitor
from tests.surveys.results.sheet import story

WORDS = "Le matin, le téléphone sonne trop longtemps."


@pytest.fixture
def group(app: Flask, benoit: Visitor) -> str:
    """Benoît chairs a group that closes its own decisions."""
    with app.app_context():
        made = make.group(autonomy=Autonomy.OWN_CHAIR)
        make.membership(made, benoit.account, kind=MemberKind.CO_CHAIR)
        db.session.commit()
        return made.code


@pytest.fixture
def wave(app: Flask) -> str:
    return story.released(app)


def test_a_finding_is_taken_up_from_the_published_sheet(
    app: Flask, wave: str, group: str, benoit: Visitor, chloe: Visitor, amina: Visitor, nobody: Visitor
) -> None:
    benoit.get(f"/questionnaires/{wave}/constats", status=404)  # nobody reads these results yet
    story.published(chloe, wave)
    benoit.get(f"/questionnaires/{wave}/resultats")
    assert "Notre groupe et ces résultats" in benoit.page
    benoit.get(f"/questionnaires/{wave}/constats")
    benoit.post(f"/questionnaires/{wave}/constats", {"words": " ", "group": group}, status=422)
    benoit.follow(benoit.post(f"/questionnaires/{wave}/constats", {"words": WORDS, "group": group}))
    benoit.post(f"/questionnaires/{wave}/constats", {"words": WORDS, "group": group}, status=409)
    nobody.get(f"/groupes/{group}")
    assert WORDS in nobody.page
    amina.get(f"/questionnaires/{wave}/resultats")
    assert "Notre groupe" not in amina.page
    amina.get(f"/questionnaires/{wave}/constats", status=403)
    with app.app_context():
        code = db.session.query(Finding).one().code
    amina.post(f"/questionnaires/{wave}/constats/{code}/retrait", status=403)
    benoit.get(f"/questionnaires/{wave}/constats")
    benoit.post(f"/questionnaires/{wave}/constats/{code}/retrait")
    benoit.post(f"/questionnaires/{wave}/constats/{code}/retrait", status=404)
    benoit.get(f"/groupes/{group}/espace")
    assert WORDS not in benoit.page
    with app.app_context():
        verbs = {one.verb for one in db.session.query(Entry)}
        assert {"finding taken up", "finding let go"} <= verbs


def test_results_taken_back_leave_the_page_of_the_group(
    app: Flask, wave: str, group: str, benoit: Visitor, chloe: Visitor, nobody: Visitor
) -> None:
    story.published(chloe, wave)
    benoit.get(f"/questionnaires/{wave}/constats")
    benoit.post(f"/questionnaires/{wave}/constats", {"words": WORDS, "group": group})
    with app.app_context():
        sheet = db.session.query(SurveySheet).filter_by(state=State.PUBLISHED).one()
        sheet.state, sheet.reason = State.WITHDRAWN, "Un chiffre est faux."
        db.session.commit()
    nobody.get(f"/groupes/{group}")
    assert WORDS not in nobody.page


def test_a_group_takes_up_so_many_and_no_more(
    app: Flask, wave: str, group: str, benoit: Visitor, chloe: Visitor
) -> None:
    story.published(chloe, wave)
    with app.app_context():
        held = db.session.query(Group).filter_by(code=group).one()
        rows = {"wave_id": story.of(wave).id, "group_id": held.id, "taken_up_at": held.created_at}
        db.session.add_all(Finding(words=f"Constat {number}", **rows) for number in range(20))
        db.session.commit()
    benoit.get(f"/questionnaires/{wave}/constats")
    benoit.post(f"/questionnaires/{wave}/constats", {"words": WORDS, "group": group}, status=409)
    assert WORDS in benoit.page
