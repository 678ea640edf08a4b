"""The same person at the same moment, on both engines: one application, whatever the number of tabs."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from engage.accounts.models import Role
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.calling.applying import actions
from engage.groups.calling.models import Application, Call
from engage.involvement.models import Person
from tests import make
from tests.groups.calling.sample import call, said

TABS = 8


def rush(deeds: list[Callable[[], str]]) -> list[str]:
    """What each deed gave, all of them begun together."""
    start, seen = threading.Barrier(len(deeds)), [""] * len(deeds)

    def run(place: int, deed: Callable[[], str]) -> None:
        start.wait(timeout=30)
        seen[place] = deed()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return seen


def applying(app: Flask, call_id: int, form: dict[str, object]) -> Callable[[], str]:
    def deed() -> str:
        with app.test_request_context("/", method="POST"):
            try:
                made, code = actions.apply(db.session.get_one(Call, call_id), **form)  # type: ignore[arg-type]
                db.session.commit()
            except Refused:
                db.session.rollback()
                return "refused"
            return f"{made.code} {code}"

    return deed


def published(app: Flask) -> int:
    with app.app_context():
        made = call(make.account("Chloé", Role.COORDINATOR))
        db.session.commit()
        return made.id


def counted(app: Flask) -> tuple[int, int]:
    with app.app_context():
        both = (select(func.count()).select_from(model) for model in (Application, Person))
        one, other = (db.session.scalar(rows) or 0 for rows in both)
        return one, other


def test_a_double_click_is_one_application_with_one_code(app: Flask) -> None:
    call_id, form = published(app), said()
    seen = rush([applying(app, call_id, form)] * TABS)
    assert len(set(seen)) == 1
    assert seen[0] != "refused"
    assert counted(app) == (1, 1)


def test_two_tabs_of_one_person_are_one_application(app: Flask) -> None:
    call_id = published(app)
    seen = rush([applying(app, call_id, said()) for _tab in range(TABS)])
    assert seen.count("refused") == TABS - 1
    assert counted(app) == (1, 1)


def test_other_people_are_not_held_up(app: Flask) -> None:
    call_id = published(app)
    seen = rush([applying(app, call_id, said(f"Personne {number}")) for number in range(TABS)])
    assert "refused" not in seen
    assert counted(app) == (TABS, TABS)
