"""The server is killed while people send: what was acknowledged is there, once and whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from benchmarks import servers, waves
from benchmarks.visitor import Visitor, answer_wave, send_idea
from engage.core.db import db
from engage.core.fulltext import FulltextEntry
from engage.ideas.models import Idea
from engage.intake.models import FollowUp
from engage.ops import folder
from engage.surveys.answering import commands
from engage.surveys.answering.given import unpacked
from engage.surveys.answering.models import Answer, Channel, Pending, Response, Verbatim
from tests.faults.conftest import Place, wait_for_port
from tests.faults.crowd import CLIENTS, Crowd, Deed

pytestmark = pytest.mark.process
ENOUGH = 12
LATE = "Et après la panne, encore une fois."
FREE = "listening_more"


def killed_while(place: Place, deed: Deed) -> list[str]:
    """Kill the server while eight people send, start it again, send once more; what was acknowledged."""
    server = servers.engage(place.data, place.url)
    crowd = Crowd(server.port, deed)
    crowd.wait_for(ENOUGH)
    server.kill()
    crowd.join()
    wait_for_port(server.port)
    with (
        servers.running(servers.engage(place.data, place.url, server.port)) as again,
        Visitor(again.port) as one,
    ):
        deed(one, LATE)
    return [*crowd.acknowledged, LATE]


def test_an_acknowledged_idea_is_there_once_and_whole(place: Place) -> None:
    acknowledged = killed_while(place, send_idea)
    with folder.inside(place.app):
        kept = list(db.session.scalars(select(Idea.text)))
        codes = set(db.session.scalars(select(Idea.code)))
        opened = set(db.session.scalars(select(FollowUp.ref).where(FollowUp.kind == "idea")))
        found = db.session.scalars(select(FulltextEntry.ref).where(FulltextEntry.kind == "idea-desk"))
        searched = set(found)
    assert len(set(kept)) == len(kept)
    assert set(acknowledged) <= set(kept)
    # Whole: each idea that is there has its follow-up code and can be found by the team.
    assert opened == codes
    assert searched == codes
    assert len(kept) <= len(acknowledged) + CLIENTS


@pytest.fixture
def answers(place: Place) -> Callable[[Visitor, str], object]:
    """Somebody answers twelve questions, one with these words."""
    with folder.inside(place.app):
        by = waves.coordinator()
        code = waves.opened(waves.frozen(by), "Votre rendez-vous", by=by).code
        db.session.commit()
    return lambda visitor, text: answer_wave(visitor, code, {**waves.MARKS, FREE: text})


def test_an_acknowledged_response_is_there_once_and_whole(place: Place, answers: Deed) -> None:
    acknowledged = killed_while(place, answers)
    with folder.inside(place.app):
        waiting = [unpacked(row.content) for row in db.session.scalars(select(Pending))]
        words = Counter(given.words for one in waiting for given in one if given.words)
        completed = db.session.scalars(select(Channel.completed)).one()
        assert all(len(one) == waves.QUESTIONS for one in waiting)
        assert completed == len(waiting)
        assert commands.settle() == len(waiting)
        kept = list(db.session.scalars(select(Verbatim.body)))
        answered = dict(
            db.session.execute(select(Answer.response_id, func.count()).group_by("response_id")).all()
        )
        responses = db.session.scalars(select(func.count()).select_from(Response)).one()
    assert set(words.values()) == {1}
    assert set(acknowledged) <= set(words)
    assert sorted(kept) == sorted(words)
    assert responses == len(answered) == len(waiting)
    assert set(answered.values()) == {waves.QUESTIONS}
    assert len(waiting) <= len(acknowledged) + CLIENTS
