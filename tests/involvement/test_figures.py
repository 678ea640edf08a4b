"""Who came by which door and what became of them, one year back: on a page and in a file."""

from __future__ import annotations

import csv
from datetime import timedelta

from flask import Flask
from time_machine import travel

from engage.core.clock import now
from engage.core.db import db
from engage.intake.models import Door
from engage.involvement import actions
from engage.involvement.figures import queries
from engage.involvement.models import Person, SourceKind, Stage
from engage.involvement.sources import actions as sources
from tests.browser import Visitor
from tests.involvement.people import met

PAGE = "/equipe/parcours/chiffres"


def _went(name: str, *way: tuple[int, Stage], days_ago: int, **values: object) -> Person:
    """Somebody who came so many days ago, and reached stages so many days after that."""
    with travel(now() - timedelta(days=days_ago)):
        person = met(name, **values)
    for days, stage in way:
        with travel(now() - timedelta(days=days_ago - days)):
            actions.move(person, stage, by=None)
    return person


def test_a_year_back_and_no_further(session: None) -> None:
    _went("Amina", days_ago=364)
    _went("Zoé", days_ago=366)
    assert len(queries.came()) == 1


def test_a_line_counts_who_reached_a_stage_or_went_further_even_who_came_down(session: None) -> None:
    _went("Amina", (3, Stage.MEMBER), (9, Stage.INTEREST), days_ago=30)
    _went("Zoé", (2, Stage.FIRST_ACT), days_ago=30)
    actions.decline(_went("Paul", days_ago=30))
    whole = queries.line("", queries.came())
    assert whole.came == 3
    assert whole.declined == 1
    reached = {Stage.INTEREST: 3, Stage.FIRST_ACT: 2, Stage.INVITED: 1, Stage.MEMBER: 1}
    assert {stage: whole.reached[stage] for stage in reached} == reached


def test_time_between_stages_is_the_middle_one(session: None) -> None:
    for days in (2, 4, 30):
        _went(f"Amina {days}", (days, Stage.FIRST_ACT), days_ago=60)
    _went("Zoé", (8, Stage.INVITED), days_ago=60)
    found = [(delay.stage, delay.people, round(delay.days)) for delay in queries.delays(queries.came())]
    assert found == [(Stage.FIRST_ACT, 3, 4), (Stage.INVITED, 1, 8)]


def test_what_works_is_said_of_five_people_at_least(session: None) -> None:
    people = [_went(f"A {n}", (1, Stage.FIRST_ACT), days_ago=9, door=Door.PHONE) for n in range(4)]
    lines = queries.lines(queries.came(), lambda one: one.door)
    assert queries.works(lines) == []
    people += [_went("B", days_ago=9, door=Door.PHONE)]
    [works] = queries.works(queries.lines(queries.came(), lambda one: one.door))
    assert (works.label, works.acted) == ("phone", (4, 5))


def test_a_small_base_is_said_as_it_was_counted(app: Flask, chloe: Visitor) -> None:
    """Nobody knows from five people how it would be with ten."""
    with app.app_context():
        for number in range(5):
            _went(f"A {number}", *[(1, Stage.FIRST_ACT)][: number < 2], days_ago=9, door=Door.PHONE)
        for number in range(20):
            _went(f"B {number}", *[(1, Stage.FIRST_ACT)][: number < 5], days_ago=9, door=Door.PAPER)
        db.session.commit()
    chloe.get(PAGE)
    shown = " ".join(chloe.page.split())
    assert "2 personnes sur 5 ont fait un premier geste" in shown
    assert "sur 10 personnes, 2 ont fait un premier geste (20 sont venues)" in shown


def test_the_page_and_the_file_say_the_same(app: Flask, chloe: Visitor) -> None:
    chloe.get(PAGE)
    assert "Personne n’est encore venu" in chloe.page
    with app.app_context():
        label = "=Affiche 12, pharmacie"
        poster = sources.make(kind=SourceKind.POSTER, label=label, by=chloe.account)
        for number in range(6):
            _went(f"Amina {number}", (3, Stage.FIRST_ACT), days_ago=20, source=poster, door=Door.WEB)
        _went("Zoé", (5, Stage.MEMBER), days_ago=20, door=Door.RECEPTION)
        db.session.commit()
    chloe.get(PAGE)
    assert "7 personnes sont venues" in chloe.page
    assert "6 personnes sur 6 ont fait un premier geste" in chloe.page
    assert "sur 10 personnes" not in chloe.page
    assert "Amina" not in chloe.page
    text = chloe.get(f"{PAGE}/tableau.csv").get_data(as_text=True).removeprefix("\ufeff")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert [(row["Provenance"], row["Personnes venues"]) for row in rows] == [
        ("'=Affiche 12, pharmacie", "6"),
        ("Provenance inconnue", "1"),
    ]
    assert rows[1]["Membre d’un groupe"] == "1"
