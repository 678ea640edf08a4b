"""Role × membership × every address of groups: each is tried by each, on the real site.

A new address fails here until `matrix.DOORS` says who is let in, and the world furnishes it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from engage.core.config import DEFAULT_LIMITS
from engage.groups.models import Autonomy
from tests.groups.matrix import DOORS, let_in
from tests.groups.world import OUTSIDE, PEOPLE, World, furnish
from tests.laws.code import none
from tests.laws.test_doors import laid_back

PLACES = (
    "/groupes", "/appels", "/candidatures", "/equipe/groupes", "/equipe/appels-a-participation",
    "/equipe/candidatures",
)  # fmt: skip
STEPS = list(Autonomy) if os.environ.get("ENGAGE_TEST_DEEP") else [Autonomy.OWN_AGENDA]


@pytest.fixture
def engine_name() -> str:
    """Who may enter does not depend on the database."""
    return "sqlite"


def doors(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    """Each address of groups with each method it takes; what the table lacks fails in the first test."""
    for door, method, rule in every(app):
        if door in DOORS:
            yield door, method, rule


def every(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    for rule in app.url_map.iter_rules():
        if any(rule.rule == place or rule.rule.startswith(f"{place}/") for place in PLACES):
            for method in ("GET", "POST"):
                if method in (rule.methods or ()):
                    yield f"{method} {rule.endpoint}", method, rule


def world(app: Flask, step: Autonomy, *, is_public: bool = True) -> World:
    app.extensions["engage_settings"].limits |= dict.fromkeys(DEFAULT_LIMITS, "100000/minute")
    with app.app_context():
        return furnish(app, autonomy=step, is_public=is_public)


def is_in(answer: tuple[int, str]) -> bool:
    """Shown, done, or told what is missing: not refused, not hidden, not sent to sign in."""
    status, where = answer
    assert status < 500
    return status not in (403, 404) and not (status == 302 and where.startswith("/connexion"))


def test_every_address_of_groups_stands_in_the_table(app: Flask) -> None:
    found = {door for door, _method, _rule in every(app)}
    none([f"nobody said who is let in: {door}" for door in sorted(found - DOORS.keys())])
    none([f"leads nowhere any more: {door}" for door in sorted(DOORS.keys() - found)])


@pytest.mark.parametrize("step", STEPS)
def test_each_is_let_in_where_the_table_says_and_nowhere_else(app: Flask, step: Autonomy) -> None:
    there, found = world(app, step), []
    with laid_back(app) as lay_back:
        for door, method, rule in doors(app):
            for who in PEOPLE:
                is_expected = who in let_in(door, step)
                answer = there.knock(who, method, rule)
                if is_in(answer) is not is_expected:
                    found.append(
                        f"{door}: {who} {'should' if is_expected else 'must not'} be let in, {answer}"
                    )
                if is_expected and method == "POST":
                    lay_back()
    none(found)


def test_a_group_that_is_not_public_does_not_exist_for_others(app: Flask) -> None:
    """Not even its name: 404 on each address that names it, or what belongs to it."""
    there, found = world(app, Autonomy.OWN_AGENDA, is_public=False), []
    of_the_group = set(there.rooms.values())
    for door, method, rule in doors(app):
        if rule.rule.startswith("/equipe") or not (set(there.arguments(rule).values()) & of_the_group):
            continue
        for who in OUTSIDE:
            if door in NOT_THE_GROUPS or (who == "former" and door in OF_WHO_LEFT):
                continue
            status, _where = there.knock(who, method, rule)
            if status not in (403, 404):
                found.append(f"{door}: {who} finds something, {status}")
    none(found)


OF_WHO_LEFT = {"POST belonging.leave", "GET space.written"}
# A call is published by itself, an application is its author's, and a feed has a secret address.
NOT_THE_GROUPS = {
    door
    for door in DOORS
    if door.split()[1].split(".")[0] in ("calls", "applications") and "ask_in" not in door
} | {"GET group_calendar.feed", "GET belonging.arrive"}
