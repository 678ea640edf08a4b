"""Two editors at the same moment: one is kept, the other is told, and nothing of either is lost."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from engage.core.db import db
from engage.pages import actions
from engage.pages.actions import Overtaken
from engage.pages.writing import queries
from tests.events.reminding.test_race import at_once, workers
from tests.pages.writing import sample

EDITORS = 4


def test_of_editors_at_once_one_is_kept_and_the_others_told(app: Flask) -> None:
    with app.app_context():
        version = sample.draft().version
        db.session.commit()

    told: list[str] = []

    def write(words: str) -> Callable[[], None]:
        def deed() -> None:
            try:
                actions.write(queries.draft("sortir", "fr"), version=version, by=None, simple=words)
                db.session.commit()
            except Overtaken:
                told.append(words)

        return deed

    with workers(app, EDITORS) as made:
        faults = at_once([(one, write(f"Texte {number}.")) for number, one in enumerate(made)])
    assert not faults
    assert len(told) == EDITORS - 1
    with app.app_context():
        draft = queries.draft("sortir", "fr")
        assert draft.version == version + 1
        assert draft.simple in {f"Texte {number}." for number in range(EDITORS)} - set(told)


def test_a_version_frozen_by_two_at_once_is_one_version(app: Flask) -> None:
    with app.app_context():
        sample.draft()
        db.session.commit()

    def freeze() -> None:
        actions.freeze(queries.draft("sortir", "fr"), by=None)
        db.session.commit()

    with workers(app, EDITORS) as made:
        faults = at_once([(one, freeze) for one in made])
    assert not faults
    with app.app_context():
        assert [one.number for one in queries.versions(queries.page("sortir"))] == [1]
