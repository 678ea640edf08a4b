"""The server is killed while people send ideas: what was acknowledged is there, once and whole."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import func, select

from benchmarks import servers
from benchmarks.visitor import Stuck, Visitor, send_idea
from engage.core.db import db
from engage.core.fulltext import FulltextEntry
from engage.ideas.models import Idea
from engage.intake.models import FollowUp
from engage.ops import folder, serve
from tests.faults.conftest import Place

pytestmark = pytest.mark.process
CLIENTS = 8
ENOUGH = 12


class Crowd:
    """Eight people who send idea after idea until the server is gone; what each was shown as received."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.acknowledged: list[str] = []
        self.wrong: list[str] = []
        self.threads = [threading.Thread(target=self._person, args=(number,)) for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def _person(self, number: int) -> None:
        turn = 0
        while True:
            turn += 1
            visitor = Visitor(self.port)
            text = f"Un banc devant la porte, dit la personne {number} pour la fois {turn}."
            try:
                send_idea(visitor, text)
            except Stuck as fault:
                self.wrong.append(str(fault))
                return
            except OSError:
                return
            finally:
                visitor.close()
            self.acknowledged.append(text)

    def wait_for(self, count: int) -> None:
        until = time.monotonic() + 60
        while len(self.acknowledged) < count and not self.wrong and time.monotonic() < until:
            time.sleep(0.01)
        assert self.wrong == []
        assert len(self.acknowledged) >= count

    def join(self) -> None:
        for thread in self.threads:
            thread.join(timeout=60)


def test_what_was_acknowledged_is_there_once_and_whole(place: Place) -> None:
    server = servers.engage(place.data, place.url)
    crowd = Crowd(server.port)
    crowd.wait_for(ENOUGH)
    server.kill()
    crowd.join()
    assert server.processes() == []
    serve.refuse_taken_port("127.0.0.1", server.port)
    with servers.running(servers.engage(place.data, place.url, server.port)) as again:
        late = Visitor(again.port)
        send_idea(late, "Et après la panne, encore une idée.")
        late.close()
    assert crowd.wrong == []
    _check(place, crowd.acknowledged)


def _check(place: Place, acknowledged: list[str]) -> None:
    with folder.inside(place.app):
        kept = list(db.session.scalars(select(Idea.text)))
        codes = set(db.session.scalars(select(Idea.code)))
        opened = set(db.session.scalars(select(FollowUp.ref).where(FollowUp.kind == "idea")))
        found = db.session.scalars(select(FulltextEntry.ref).where(FulltextEntry.kind == "idea-desk"))
        searched = set(found)
        doubled = db.session.execute(select(Idea.text).group_by(Idea.text).having(func.count() > 1)).all()
    assert doubled == []
    assert set(acknowledged) <= set(kept)
    # Whole: each idea that is there has its follow-up code and can be found by the team.
    assert opened == codes
    assert searched == codes
    assert len(kept) <= len(acknowledged) + CLIENTS + 1
