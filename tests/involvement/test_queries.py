"""Two thousand people stay a page of twenty-five, some queries and a second at most."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.intake.models import Door, Reply
from engage.involvement.models import NextStep, Person, Stage, StageChange
from engage.involvement.pathway import actions, queries
from tests import make
from tests.browser import Visitor
from tests.involvement.people import met

MANY = 2000
MOST_QUERIES = 9  # of which some are remembered for a few seconds where the site runs
STAGES = list(Stage)


@pytest.fixture
def crowd(app: Flask, chloe: Visitor) -> str:
    """Many people on the way; the look of today is noted."""
    with app.app_context():
        keys = [secrets.token_hex(4) for _one in range(MANY)]
        nothing = {"themes": [], "acts": [], "whens": [], "how_long": "", "language": "fr", "version": 1}
        fixed = nothing | {"reply": Reply.NONE, "door": Door.WEB}
        rows = [
            {"id": n + 1, "code": key, "submission_key": key, "name": f"Personne {n}", "stage": STAGES[n % 6],
             "created_at": now() - timedelta(minutes=n), **fixed}
            for n, key in enumerate(keys)
        ]  # fmt: skip
        db.session.execute(insert(Person), rows)
        moves = [{"person_id": row["id"], "at": row["created_at"], "stage": row["stage"]} for row in rows]
        db.session.execute(insert(StageChange), moves)
        steps = [
            {"person_id": n + 1, "words": "Appeler", "due_on": centre_today(), "made_at": now()}
            for n in range(0, MANY, 3)
        ]
        db.session.execute(insert(NextStep), steps)
        actions.look(queries.LIST_LOOKED, "list", by=chloe.account)
        actions.look(queries.LOOKED, keys[0], by=chloe.account)
        db.session.commit()
    return keys[0]


def test_two_thousand_people_are_pages_with_few_queries(app: Flask, chloe: Visitor, crowd: str) -> None:
    addresses = ("", "?show=to_do", "?page=80", f"/{crowd}", "/chiffres", "/chiffres/tableau.csv")
    for address in addresses:
        chloe.get(f"/equipe/parcours{address}")
        with chloe.counting() as seen:
            chloe.get(f"/equipe/parcours{address}")
        assert len(seen) <= MOST_QUERIES, (address, len(seen), seen)
        assert len(re.findall(r'<li class="item">', chloe.page)) <= queries.A_PAGE
    chloe.post("/equipe/parcours/recherche", {"words": "personne 1999"}, status=200)
    assert "Personne 1999" in chloe.page


def test_the_same_name_is_searched_whatever_its_accents_and_case(session: None) -> None:
    met("Zoé Petit")
    met("Zoë Grand")
    assert [one.name for one in queries.named("ZOE").rows] == ["Zoë Grand", "Zoé Petit"]
    assert [one.name for one in queries.named("petit zoe").rows] == ["Zoé Petit"]
    assert queries.named("").rows == []


def test_what_waits_is_what_is_due_or_has_no_first_sign(session: None) -> None:
    reader = make.account("Chloé")
    due, later, acted, paused = met("Léa"), met("Paul"), met("Nina", stage=Stage.FIRST_ACT), met("Odile")
    met("Zoé")
    for person, days in ((due, 0), (later, 5)):
        day = centre_today() + timedelta(days=days)
        actions.plan(person, words="L’appeler", due_on=day, owner_id=None, by=reader)
    paused.paused_until = centre_today() + timedelta(days=1)
    waiting = queries.listing(queries.Wanted(show=queries.Show.TO_DO), reader)
    assert [one.name for one in waiting.rows] == ["Léa", "Zoé"]
    assert acted.name not in {one.name for one in waiting.rows}


def test_counts_by_stage_leave_out_who_pauses(session: None) -> None:
    met("Zoé")
    met("Léa").paused_until = centre_today() + timedelta(days=1)
    assert queries.counts()[Stage.INTEREST] == 1
