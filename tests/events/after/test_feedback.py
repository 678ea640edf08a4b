"""How it was: from one address for everybody, once a form, and nothing says who."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Integer, inspect, literal_column, select

from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.events import sealed
from engage.events.after import actions
from engage.events.after.models import Face, Feedback
from engage.events.kinds import SigningUp, SignUpState
from engage.events.models import Occurrence
from tests import make
from tests.browser import Visitor
from tests.events.after.conftest import coming, kept, over


def way(app: Flask, code: str) -> str:
    with app.app_context():
        date = db.session.scalars(select(Occurrence).filter_by(code=code)).one()
        return urlsplit(sealed.feedback_address(date)).path


def said(app: Flask) -> list[Feedback]:
    with app.app_context():
        return list(db.session.scalars(select(Feedback)))


def test_an_answer_keeps_neither_person_nor_time(app: Flask, amina: Visitor) -> None:
    here = way(app, kept(app))
    assert "Comment c’était" in amina.get(here).text
    page = amina.follow(amina.post(here, {"face": "good", "words": "Très clair."})).text
    assert "Merci pour votre avis" in page
    (one,) = said(app)
    assert (one.face, one.words) == (Face.GOOD, "Très clair.")
    columns = {column.key for column in inspect(Feedback).columns}
    assert columns == {"id", "occurrence_id", "submission_digest", "face", "words", "state"}
    assert str(one.submission_digest) not in amina.page


def test_the_same_form_sent_twice_counts_once(app: Flask, nobody: Visitor) -> None:
    here = way(app, kept(app))
    nobody.get(here)
    form = nobody.hidden() | {"face": "fair", "words": ""}
    for _time in range(2):
        nobody.follow(nobody.post(here, form))
    assert len(said(app)) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_no_number_of_a_row_tells_in_which_order_people_answered(session: None) -> None:
    date = over(people=8)
    words = [f"Avis {number}" for number in range(8)]
    for one in words:
        actions.answer(date, face=Face.GOOD, words=one, submission_key=one)
    db.session.commit()
    place = literal_column("event_feedback.rowid", Integer)
    found = db.session.execute(select(Feedback.words, place).order_by(place)).all()
    assert sorted(word or "" for word, _place in found) == words
    places = [place for _word, place in found]
    assert min(later - before for before, later in pairwise(places)) > 1
    assert [word for word, _place in found] != words or max(places) > 2**40


def test_a_face_is_all_it_takes(app: Flask, nobody: Visitor) -> None:
    here = way(app, kept(app))
    nobody.get(here)
    page = nobody.post(here, {"words": "Bien."}, status=422).text
    assert "Choisissez un des trois visages" in page
    assert "Bien." in page
    nobody.follow(nobody.post(here, {"face": "poor", "words": ""}))
    assert said(app)[0].words is None


def test_another_address_opens_nothing(app: Flask, nobody: Visitor) -> None:
    here = way(app, kept(app))
    for wrong in (f"{here[:-1]}x", f"{here}é", f"/evenements/avis/inconnu9/{here.rsplit('/', 1)[1]}"):
        nobody.get(wrong, status=404)
        nobody.post(wrong, {"face": "good", "words": ""}, status=404)
        nobody.get(f"{wrong}/merci", status=404)
    assert not said(app)


def test_it_opens_with_the_date_and_closes_two_weeks_after(session: None) -> None:
    date = over()
    for moment, is_open in (
        (date.starts_at - timedelta(minutes=1), False), (date.starts_at, True),
        (date.ends_at + timedelta(days=13, hours=23), True), (date.ends_at + timedelta(days=14), False),
    ):  # fmt: skip
        with time_machine.travel(moment, tick=False):
            if is_open:
                actions.answer(date, face=Face.GOOD, words="", submission_key=str(moment))
            else:
                with pytest.raises(Refused, match="trop tôt, ou trop tard"):
                    actions.answer(date, face=Face.GOOD, words="", submission_key=str(moment))
    assert len(db.session.scalars(select(Feedback)).all()) == 2


def test_a_closed_page_says_until_when(app: Flask, nobody: Visitor) -> None:
    assert "Ce n’est pas le moment" in nobody.get(way(app, kept(app, days=15))).text
    with app.app_context():
        date = make.occurrence(make.event("Annulé"), cancelled_at=now(), starts_at=now() - timedelta(days=1))
        db.session.commit()
        code = date.code
    assert "annulée" in nobody.get(way(app, code)).text


def test_no_more_answers_than_people(session: None) -> None:
    date = over(people=2, signing_up=SigningUp.REQUIRED)
    for key in ("one", "two"):
        actions.answer(date, face=Face.GOOD, words="", submission_key=key)
    actions.answer(date, face=Face.POOR, words="", submission_key="two")
    with pytest.raises(Refused, match="autant d’avis"):
        actions.answer(date, face=Face.GOOD, words="", submission_key="three")
    date.head_count = 3
    actions.answer(date, face=Face.GOOD, words="", submission_key="three")
    assert [one.face for one in db.session.scalars(select(Feedback))] == [Face.GOOD] * 3


def test_where_nobody_is_counted_people_may_still_answer(session: None) -> None:
    date = over(people=0, signing_up=SigningUp.NONE)
    actions.answer(date, face=Face.GOOD, words="", submission_key="one")
    date.head_count, date.day_closed_at = 1, now()
    with pytest.raises(Refused):
        actions.answer(date, face=Face.GOOD, words="", submission_key="two")


def test_who_came_finds_the_way_on_their_own_page(app: Flask, amina: Visitor) -> None:
    with app.app_context():
        came, missed = over(people=0), over(people=0)
        mine = coming(came, "Amina", SignUpState.ATTENDED, account_id=amina.account_id).code
        other = coming(missed, "Amina", SignUpState.ABSENT, account_id=amina.account_id).code
        db.session.commit()
        code = came.code
    assert way(app, code) in amina.get(f"/evenements/inscription/{mine}").text
    assert "/avis/" not in amina.get(f"/evenements/inscription/{other}").text


def test_words_of_distress_open_the_calm_page(app: Flask, nobody: Visitor) -> None:
    here = way(app, kept(app))
    nobody.get(here)
    page = nobody.post(here, {"face": "poor", "words": "Je veux mourir."}, status=200).text
    assert "3114" in page
    assert f"{here}/merci" in page
    assert len(said(app)) == 1
