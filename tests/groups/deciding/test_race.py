"""The same member, and a member with who stands in for them, vote at once: one ballot, on both engines."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from engage.accounts.models import Account
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.deciding import actions
from engage.groups.deciding.models import Ballot, BallotTicket, Decision
from tests.groups.conftest import AT_ONCE
from tests.groups.deciding import voting

SCORES = {"0": 5, "1": 0, "2": 3}


def rush(apps: list[Flask], code: str, people: list[int], faults: list[str]) -> list[bool]:
    """Everyone votes at the same moment; who got a ballot in. Anything but a refusal is a fault."""
    ready, went = threading.Barrier(len(apps)), [False] * len(apps)

    def vote(place: int) -> None:
        with apps[place].app_context():
            ready.wait()
            try:
                decision = db.session.scalars(select(Decision).filter_by(code=code)).one()
                by = db.session.get_one(Account, people[place % len(people)])
                actions.vote(decision, scores=SCORES, by=by)
                db.session.commit()
                went[place] = True
            except Refused:
                db.session.rollback()
            except Exception as fault:  # noqa: BLE001  (whatever it is, the test says it)
                faults.append(repr(fault))

    threads = [threading.Thread(target=vote, args=(place,)) for place in range(len(apps))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    return went


def counted(app: Flask) -> tuple[int, int]:
    with app.app_context():
        found = [
            db.session.scalar(select(func.count()).select_from(one)) or 0 for one in (Ballot, BallotTicket)
        ]
        return found[0], found[1]


@pytest.mark.parametrize("who", ["one member", "a member and their substitute"])
def test_one_place_gives_one_ballot(app: Flask, apps: list[Flask], who: str) -> None:
    with app.app_context():
        group = voting.group()
        chair, holder = voting.members(group, 2)
        other = voting.substitute(group, holder)
        code = voting.ask(group, chair).code
        people = [holder.id] if who == "one member" else [holder.id, other.id]
        db.session.commit()
    faults: list[str] = []
    went = rush(apps, code, people, faults)
    assert faults == []
    assert sum(went) == 1
    assert counted(app) == (1, 1)


def test_all_who_vote_at_once_are_counted(app: Flask, apps: list[Flask]) -> None:
    """Ballots are written anew at each vote: none of them gets lost on the way."""
    with app.app_context():
        group = voting.group()
        members = voting.members(group, AT_ONCE)
        code, people = voting.ask(group, members[0]).code, [one.id for one in members]
        db.session.commit()
    faults: list[str] = []
    assert all(rush(apps, code, people, faults))
    assert faults == []
    assert counted(app) == (AT_ONCE, AT_ONCE)
