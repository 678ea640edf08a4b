"""What an idea knows of itself."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from engage.core.clock import now
from engage.core.db import db
from engage.ideas.models import CIRCLE, SHORT_TITLE, Progress, Publication, Support, short_title
from tests import make

pytestmark = pytest.mark.usefixtures("session")


def test_the_title_is_the_teams_or_the_first_words() -> None:
    assert short_title("Un banc", "Autre chose") == "Un banc"
    assert short_title("", "  Un\nbanc  ") == "Un banc"
    long = short_title("", "mot " * 100)
    assert len(long) <= SHORT_TITLE
    assert long.endswith("mot…")
    assert len(short_title("", "x" * 500)) <= SHORT_TITLE
    assert short_title("", "") == ""


def test_closed_means_that_nothing_more_is_expected() -> None:
    closed = {Publication.REFUSED, Publication.WITHDRAWN}
    for publication in Publication:
        assert make.idea(publication=publication).is_closed is (publication in closed)
    for progress in Progress:
        assert make.idea(progress=progress).is_closed is (progress in {Progress.DECLINED, Progress.DONE})


def test_each_idea_has_a_code_and_a_place_on_the_circle() -> None:
    ideas = [make.idea() for _ in range(50)]
    assert len({idea.code for idea in ideas}) == 50
    assert all(0 <= idea.shuffle < CIRCLE for idea in ideas)
    assert len({idea.shuffle for idea in ideas}) > 40


def test_the_database_counts_one_voice_a_person_or_device() -> None:
    amina, idea = make.account(), make.idea()
    for voice in ({"account_id": amina.id}, {"device_digest": "d" * 64}):
        with db.session.begin_nested():
            db.session.add(Support(idea_id=idea.id, at=now(), **voice))
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.add(Support(idea_id=idea.id, at=now(), **voice))


@pytest.mark.parametrize("both", [True, False])
def test_a_voice_is_of_an_account_or_of_a_device(both: bool) -> None:
    amina, idea = make.account(), make.idea()
    voice = {"account_id": amina.id, "device_digest": "d" * 64} if both else {}
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(Support(idea_id=idea.id, at=now(), **voice))


def test_words_the_team_masked_are_encrypted() -> None:
    make.idea(original="Mme Durand", contact="06 00 00 00 00")
    row = db.session.execute(text("SELECT original, contact FROM idea")).one()
    assert "Durand" not in row.original
    assert "06 00" not in row.contact
