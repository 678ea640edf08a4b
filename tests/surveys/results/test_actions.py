"""Releasing and crossing: what is counted, what is refused, and what stays written down."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.journal.models import Entry
from engage.surveys.questionnaire.document import Document, Question
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.results import actions, commands, queries, saying
from engage.surveys.results.disclosure.tables import Mark
from engage.surveys.results.models import Crossing, Release
from tests.surveys.questionnaire import sample
from tests.surveys.results import closed

SPREAD = {"came": {"yes": 1, "no": 1, "skipped": 0}}


def changed(**questions: Any) -> Document:
    """The sample with other facts for some of its questions."""
    pages = tuple(
        replace(page, questions=tuple(_changed(one, questions.get(one.key)) for one in page.questions))
        for page in sample.document().pages
    )
    return replace(sample.document(), pages=pages)


def _changed(question: Question, facts: dict[str, Any] | None) -> Question:
    return replace(question, **facts) if facts else question


def test_a_release_counts_each_question_on_its_own_base(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 400, tastes=SPREAD)
    results = closed.released(wave, coordinator)
    assert results.responses == 400
    assert results.item("hello") is None
    came, minutes = results.by_key["came"], results.by_key["minutes"]
    assert came.base == 400
    yes = came.figures[0].value
    assert isinstance(yes, int)
    assert {one.state: one.value for one in minutes.silent}["not_shown"] == 400 - yes
    assert isinstance(minutes.base, int)
    assert minutes.base <= yes
    for item in results.items:
        if item.question.type.takes_one and item.is_whole:
            assert sum(one.value for one in item.figures if isinstance(one.value, int)) == item.base


def test_every_type_says_something(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 600)
    results = closed.released(wave, coordinator)
    kinds = {item.question.type for item in results.items if item.is_said}
    # How many were asked under two conditions together would tell a new number.
    assert results.by_key["long_wait"].withheld
    assert kinds == set(Type) - {Type.INFORMATION, Type.LONG_TEXT}
    for item in results.items:
        assert saying.sentence(item)
    ranking = results.by_key["first"]
    places = ranking.tables[""]
    for code in ("phone", "chairs", "hours"):
        line = [places.at(code, place) for place in places.columns]
        assert sum(value for value in line if isinstance(value, int)) == ranking.base
    several = results.by_key["why"]
    assert sum(one.value for one in several.figures if isinstance(one.value, int)) > 0
    assert several.tables["doctor"].rows == ("chosen", "left")


def test_no_release_before_all_is_mixed_nor_after_all_is_erased(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 60)
    wave.settled_at = None
    db.session.flush()
    with pytest.raises(Refused, match="pas avant sa fin"):
        actions.release(wave, by=coordinator)
    wave.settled_at, wave.erased_at = now(), now()
    db.session.flush()
    with pytest.raises(Refused, match="effacées"):
        actions.release(wave, by=coordinator)


def test_another_release_needs_five_more_answers(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 60)
    closed.released(wave, coordinator)
    closed.add(wave, 4, seed=2)
    with pytest.raises(Refused, match="Moins de 5"):
        actions.release(wave, by=coordinator)
    closed.add(wave, 40, seed=3)
    again = closed.released(wave, coordinator)
    assert (again.number, again.responses) == (2, 104)


def test_an_item_with_hardly_any_new_answer_stays_as_it_was(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 200)
    before = closed.released(wave, coordinator).by_key["felt"]
    closed.add(wave, 30, seed=3, tastes={"felt": {"skipped": 1, "good": 1}})
    again = closed.released(wave, coordinator)
    assert again.by_key["felt"].release == 1
    assert again.by_key["felt"].figures == before.figures
    assert again.by_key["listen"].release == 2
    with pytest.raises(Refused, match="ne peuvent pas être croisées"):
        actions.cross(wave, "felt", "came", by=coordinator)


def test_a_wave_may_promise_larger_groups(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 40, minimum_cell=50)
    assert {item.base for item in closed.released(wave, coordinator).items} == {Mark.HIDDEN}


def test_a_base_that_would_tell_a_hidden_number_is_not_said(coordinator: Account) -> None:
    """Three of 80 did not come: that is hidden. The 77 others were asked how long they waited."""
    came = {"came": {"yes": 1, "skipped": 0}}
    wave = closed.wave(coordinator, closed.version(coordinator), 77, tastes=came)
    closed.add(wave, 3, seed=2, tastes={"came": {"no": 1, "skipped": 0}})
    results = closed.released(wave, coordinator)
    assert [one.is_hidden for one in results.by_key["came"].figures] == [True, True]
    assert results.by_key["minutes"].withheld
    assert not results.by_key["why"].is_said
    assert "révélerait un nombre caché" in saying.sentence(results.by_key["minutes"])
    tables = results.by_key["why"].tables.values()
    assert {value for table in tables for row in table.grid for value in row} == {Mark.HIDDEN}


def test_what_was_released_cannot_be_changed(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 60)
    closed.released(wave, coordinator)
    for change in ("shown = '{}'", "counted = 'x'"):
        with pytest.raises(DBAPIError, match="written down"), db.session.begin_nested():
            db.session.execute(text(f"UPDATE survey_release SET {change}"))


def test_true_numbers_are_kept_unreadable_and_wiped_with_the_answers(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 300)
    closed.released(wave, coordinator)
    actions.cross(wave, "felt", "came", by=coordinator)
    db.session.commit()
    raw = db.session.scalars(text("SELECT counted FROM survey_release")).one()
    assert "counts" not in raw
    assert commands.forget_counts() == 0
    wave = db.session.merge(wave)
    wave.erased_at = now()
    db.session.commit()
    assert commands.forget_counts() == 2
    (row,) = db.session.scalars(select(Release))
    assert row.counted is None
    assert row.shown["items"]


def test_a_crossing_is_made_once_and_noted(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 400, tastes=SPREAD)
    closed.released(wave, coordinator)
    first = actions.cross(wave, "felt", "came", by=coordinator)
    assert actions.cross(wave, "felt", "came", by=coordinator).id == first.id
    notes = db.session.scalars(select(Entry.note).filter_by(verb="crossed")).all()
    assert notes == ["felt × came"]
    found = queries.crossed(wave, "felt", "came")
    assert found is not None
    assert [segment.code for segment in found.segments] == ["yes", "no", "-"]
    whole = [one.value for one in found.item.figures]
    for place, value in enumerate(whole):
        parts = [segment.figures[place].value for segment in found.segments]
        if all(isinstance(part, int) for part in parts):
            assert sum(part for part in parts if isinstance(part, int)) == value


def test_what_some_were_asked_is_crossed_after_what_opened_it(coordinator: Account) -> None:
    """How many of each group were asked is a crossing of its own: it is shown and weighed first."""
    wave = closed.wave(coordinator, closed.version(coordinator), 900, tastes=SPREAD)
    closed.released(wave, coordinator)
    actions.cross(wave, "why", "who", by=coordinator)
    made = db.session.scalars(select(Crossing).order_by(Crossing.at)).all()
    assert [(one.question, one.segment) for one in made] == [("came", "who"), ("why", "who")]
    actions.cross(wave, "why", "came", by=coordinator)
    found = queries.crossed(wave, "why", "came")
    assert found is not None
    assert [segment.base for segment in found.segments[1:]] == [0, 0]


def test_what_cannot_be_crossed(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 300)
    closed.released(wave, coordinator)
    wrong = [("felt", "felt"), ("felt", "minutes"), ("felt", "why"), ("felt", "?"), ("first", "came")]
    for question, segment in [*wrong, ("word", "came")]:
        with pytest.raises(Refused, match="ne peuvent pas être croisées"):
            actions.cross(wave, question, segment, by=coordinator)


def test_a_question_asked_of_some_makes_no_groups(coordinator: Account) -> None:
    came = sample.document().question("minutes")
    assert came is not None
    asked = closed.version(coordinator, changed(who={"show_if": came.show_if}))
    wave = closed.wave(coordinator, asked, 600, tastes=SPREAD)
    closed.released(wave, coordinator)
    with pytest.raises(Refused, match="ne peuvent pas être croisées"):
        actions.cross(wave, "felt", "who", by=coordinator)


def test_crossing_waits_for_the_release_that_counts_all(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 300)
    with pytest.raises(Refused, match="Établissez d’abord"):
        actions.cross(wave, "felt", "came", by=coordinator)
    closed.released(wave, coordinator)
    closed.add(wave, 2, seed=4)
    with pytest.raises(Refused, match="ont changé"):
        actions.cross(wave, "felt", "came", by=coordinator)


def test_two_releases_of_one_crossing_are_weighed_together(coordinator: Account) -> None:
    wave = closed.wave(coordinator, closed.version(coordinator), 300)
    closed.released(wave, coordinator)
    actions.cross(wave, "felt", "came", by=coordinator)
    closed.add(wave, 60, seed=5)
    closed.released(wave, coordinator)
    assert queries.crossed(wave, "felt", "came") is None
    actions.cross(wave, "felt", "came", by=coordinator)
    first, second = (one for one, _number in queries.crossings(wave))
    for old, new in zip(first.shown["tables"][""]["grid"], second.shown["tables"][""]["grid"], strict=True):
        for was, stands in zip(old, new, strict=True):
            if isinstance(was, int) and isinstance(stands, int):
                assert stands - was == 0 or stands - was >= 5


PROMOTERS = {"type": Type.NUMBER, "settings": {"min": 0, "max": 10, "nps": True}, "choices": ()}


def test_a_net_promoter_score_is_said_only_of_a_question_that_is_one(coordinator: Account) -> None:
    asked = closed.version(coordinator, changed(often=PROMOTERS))
    wave = closed.wave(coordinator, asked, 500, tastes=SPREAD)
    results = closed.released(wave, coordinator)
    told = results.by_key["often"]
    assert told.promoters is not None
    assert re.match(r"Le score est de [+−]\d+, entre [+−]\d+ et [+−]\d+", saying.sentence(told))
    assert results.by_key["minutes"].promoters is None


def test_an_instrument_is_scored_as_it_declares(coordinator: Account) -> None:
    """Everybody says “rather agree” (4 of 1 to 5): 75 points of 100, without any doubt."""
    declared = {
        "name": "Accueil",
        "scoring": {"concept": "welcome.listen", "rule": "linear-0-100", "half": False},
    }
    tastes = {"listen": {"rather_yes": 1, "skipped": 0}}
    asked = closed.version(coordinator, replace(sample.document(), instrument=declared))
    wave = closed.wave(coordinator, asked, 120, tastes=tastes)
    score = closed.released(wave, coordinator).score
    assert score is not None
    assert (score.name, score.value, score.low, score.high, score.base) == ("Accueil", 75, 75, 75, 120)


def test_a_score_is_not_said_when_an_item_of_it_is_hidden(coordinator: Account) -> None:
    declared = {"name": "Accueil", "scoring": {"concept": "welcome", "rule": "linear-0-100", "half": True}}
    asked = closed.version(coordinator, replace(sample.document(), instrument=declared))
    few = closed.wave(coordinator, asked, 20)
    assert closed.released(few, coordinator).score is None
    many = closed.wave(coordinator, asked, 400, closes_at=now() - timedelta(days=3))
    score = closed.released(many, coordinator).score
    assert score is not None
    assert score.low <= score.value <= score.high
    assert 300 < score.base < 400
