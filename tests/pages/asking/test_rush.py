"""Many readers press at the same moment, some of them twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import select

from engage.core.db import db
from engage.pages.asking import actions
from engage.pages.asking.models import Missing, Understood, UnderstoodCount
from engage.pages.models import Body, PageVersion
from tests.pages.writing import sample

READERS = 6


def test_each_browser_counts_once_and_each_form_is_kept_once(app: Flask) -> None:
    with app.app_context():
        version_id = sample.published().id
        db.session.commit()

    def press(number: int) -> None:
        browser = number % READERS
        with app.app_context():
            version = db.session.get_one(PageVersion, version_id)
            body, key = Body.SIMPLE, f"a key of this form, {browser}"
            actions.count(version, body=body, section="", answer=Understood.NO, browser=key)
            actions.tell(version, body=body, section="", words="Le numéro du taxi.", submission_key=key)
            db.session.commit()

    with ThreadPoolExecutor(2 * READERS) as crowd:
        for done in [crowd.submit(press, number) for number in range(2 * READERS)]:
            done.result()
    with app.app_context():
        assert db.session.scalars(select(UnderstoodCount.times)).all() == [READERS]
        assert len(db.session.scalars(select(Missing.id)).all()) == READERS
