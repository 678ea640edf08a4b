"""Two hundred people want a hundred places at the same moment, through real forms and two processes."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
from sqlalchemy import func, select

from benchmarks import events, servers
from engage.core.db import db
from engage.events.kinds import SignUpState
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from engage.intake.models import FollowUp
from engage.ops import folder
from tests.faults.conftest import Place

pytestmark = pytest.mark.process


def test_a_hundred_have_a_place_and_a_hundred_wait(place: Place) -> None:
    with folder.inside(place.app):
        (code,) = events.fill(1).rushed
        db.session.commit()
    with servers.running(servers.engage(place.data, place.url)) as server:
        seen = events.rush(server.port, partial(events.sign_up, code))
    assert seen.faults == []
    with folder.inside(place.app):
        states = Counter(db.session.scalars(select(SignUp.state)))
        taken = db.session.scalars(select(Occurrence.taken).filter_by(code=code)).one()
        queue = db.session.scalars(select(SignUp.queue).where(SignUp.queue.is_not(None))).all()
        opened = db.session.scalars(select(func.count()).where(FollowUp.kind == "sign-up")).one()
    assert states == {SignUpState.CONFIRMED: events.ROOM, SignUpState.WAITING: events.PEOPLE - events.ROOM}
    assert taken == events.ROOM
    assert len(set(queue)) == len(queue)
    assert opened == events.PEOPLE
