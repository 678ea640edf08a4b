"""Words read aloud: joined to a draft, kept by the next version, gone with the words they said."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from sqlalchemy import func, select

from engage.core.db import db
from engage.surveys.questionnaire import queries
from engage.surveys.questionnaire.models import Version
from engage.uploads import actions as uploads
from engage.uploads.models import Upload
from tests.browser import Visitor
from tests.surveys.questionnaire.test_desk import HERE, ONE, bring_in
from tests.uploads.sounds import sound

KEY = "came"
VOICE = f"{ONE}/voix/{KEY}"
HEARD = f"{VOICE}/fr/standard"


def send(
    visitor: Visitor, data: bytes, *, name: str = "fr__standard", place: str = VOICE, status: int = 302
) -> None:
    visitor.get(place)
    assert 'enctype="multipart/form-data"' in visitor.page, "a browser sends no file without it"
    file = (io.BytesIO(data), "voix.wav")
    visitor.post(place, {f"sound__{name}": file}, status=status, content_type="multipart/form-data")


def kept(app: Flask) -> int:
    """How many recordings there are, each with its file."""
    with app.app_context():
        rows = db.session.scalars(select(func.count()).select_from(Upload)).one()
        assert len([one for one in uploads.folder().iterdir() if one.is_file()]) == rows
        return rows


def test_a_question_is_recorded_heard_replaced_and_silent_again(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    chloe.get(HEARD, status=404)
    send(chloe, sound())
    answer = chloe.get(HEARD)
    assert answer.mimetype == "audio/wav"
    chloe.get(VOICE)
    assert "<audio controls" in chloe.page
    send(chloe, sound(2))
    assert kept(app) == 1
    chloe.get(VOICE)
    chloe.post(VOICE, {"drop__fr__standard": "y"})
    chloe.get(HEARD, status=404)
    assert kept(app) == 0


def test_what_is_no_sound_is_refused_and_nothing_is_kept(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    send(chloe, b"<script>", status=422)
    assert "pas un son" in chloe.page
    send(chloe, sound(), place=VOICE)
    chloe.get(f"{ONE}/voix/nothing", status=404)
    assert kept(app) == 1


def test_two_people_who_record_do_not_overwrite_each_other(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    chloe.get(VOICE)
    old = chloe.hidden()
    send(chloe, sound())
    again = {**old, "sound__en__standard": (io.BytesIO(sound()), "voice.wav")}
    chloe.post(VOICE, again, status=409, content_type="multipart/form-data")
    assert kept(app) == 1


def test_a_recording_stays_with_its_words_in_every_version(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    send(chloe, sound())
    chloe.get(ONE)
    chloe.post(f"{ONE}/figer")
    chloe.get(ONE)
    chloe.post(f"{ONE}/brouillon")
    two = f"{HERE}/accueil/2"
    chloe.get(f"{two}/voix/{KEY}/fr/standard")
    chloe.get(f"{two}/questions/{KEY}")
    chloe.post(f"{two}/questions/{KEY}", {"text__fr__standard": "Et cette fois ?"})
    chloe.get(f"{two}/voix/{KEY}/fr/standard", status=404)
    chloe.get(HEARD)
    assert kept(app) == 1
    with app.app_context():
        assert queries.recorded(db.session.scalars(select(Version).filter_by(number=1)).one())


def test_a_draft_thrown_away_takes_its_recording_along(app: Flask, chloe: Visitor) -> None:
    bring_in(chloe)
    send(chloe, sound())
    chloe.get(ONE)
    chloe.post(f"{ONE}/effacement")
    assert kept(app) == 0


@pytest.mark.parametrize("who", ["amina", "benoit"])
def test_members_hear_nothing_on_the_desk(
    app: Flask, chloe: Visitor, who: str, request: pytest.FixtureRequest
) -> None:
    bring_in(chloe)
    send(chloe, sound())
    visitor: Visitor = request.getfixturevalue(who)
    for place in (VOICE, HEARD):
        visitor.get(place, status=403)
