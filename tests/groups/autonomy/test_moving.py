"""A group goes up one step or down any number, by its own adopted decision, and its rights follow."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups import permissions as may_group
from engage.groups.autonomy import actions, queries
from engage.groups.autonomy import permissions as may
from engage.groups.autonomy.models import AutonomyMove
from engage.groups.autonomy.steps import rights, steps
from engage.groups.deciding.models import Decision, Way
from engage.groups.models import Autonomy, Group, MemberKind, MembershipPause
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make

RIGHTS = ("set_agenda", "publish_minutes", "close_decision")
UP = list(Autonomy)


def decided(group: Group, step: Autonomy, **values: Any) -> Decision:
    """The group said yes to this step, unless `values` say otherwise."""
    facts: dict[str, Any] = {
        "way": Way.CONSENT, "question": f"Passer à {step} ?", "options": [], "counts": {"objections": 0},
        "is_adopted": True, "moves_autonomy": step, "opened_at": now(), "closed_at": now(),
    }  # fmt: skip
    made = Decision(group_id=group.id, **facts | values)
    db.session.add(made)
    db.session.flush()
    return made


@pytest.fixture
def group(session: None) -> Group:
    return make.group()


@pytest.fixture
def by(session: None) -> Account:
    return make.account("Chloé", Role.COORDINATOR)


def people(group: Group) -> dict[str, Account]:
    found = {"team": make.account("Nadia", Role.STAFF)}
    group.referent = found["team"]
    found["colleague"] = make.account("Paul", Role.STAFF)  # goes with another group
    for kind in (MemberKind.MEMBER, MemberKind.CO_CHAIR, MemberKind.FACILITATOR, MemberKind.SECRETARY):
        found[kind] = make.account(kind.title())
        make.membership(group, found[kind], kind=kind)
    return found


def who_may(group: Group, found: dict[str, Account]) -> dict[str, set[str]]:
    return {
        right: {name for name, account in found.items() if getattr(may_group, right)(account, group)}
        for right in RIGHTS
    }


WHO_MAY = {
    Autonomy.PROPOSED: ({"team"}, {"team"}, {"team"}),
    Autonomy.CO_LED: ({"team", "co_chair"}, {"team", "secretary"}, {"team"}),
    Autonomy.OWN_AGENDA: ({"co_chair", "facilitator"}, {"team", "secretary"}, {"team", "co_chair"}),
    Autonomy.OWN_CHAIR: ({"co_chair", "facilitator"}, {"secretary", "co_chair"}, {"co_chair"}),
    Autonomy.OWN_DECISIONS: ({"co_chair", "facilitator"}, {"secretary", "co_chair"}, {"co_chair"}),
}


def test_step_by_step_up_and_at_once_down_the_rights_really_change(group: Group, by: Account) -> None:
    found = people(group)
    for step in UP:
        if step is not Autonomy.PROPOSED:
            actions.move(group, decided(group, step), by=by)
        assert group.autonomy is step
        assert who_may(group, found) == dict(zip(RIGHTS, WHO_MAY[step], strict=True))
    actions.move(group, decided(group, Autonomy.PROPOSED), by=by)
    assert who_may(group, found) == dict(zip(RIGHTS, WHO_MAY[Autonomy.PROPOSED], strict=True))
    assert [move.step for move in queries.moves(group)] == [Autonomy.PROPOSED, *reversed(UP[1:])]


def test_no_leap_up_and_no_step_on_the_spot(group: Group, by: Account) -> None:
    for step in (Autonomy.OWN_AGENDA, Autonomy.OWN_DECISIONS, Autonomy.PROPOSED):
        decision = decided(group, step)
        assert queries.to_carry_out(group) is None
        with pytest.raises(Refused, match="une étape à la fois"):
            actions.move(group, decision, by=by)
    assert group.autonomy is Autonomy.PROPOSED


@pytest.mark.parametrize(
    "values",
    [
        {"is_adopted": False},
        {"is_adopted": None, "closed_at": None},
        {"moves_autonomy": ""},
    ],
)
def test_only_an_adopted_decision_about_it_moves_a_group(
    group: Group, by: Account, values: dict[str, Any]
) -> None:
    decision = decided(group, Autonomy.CO_LED, **values)
    with pytest.raises(Refused):
        actions.move(group, decision, by=by)
    assert queries.to_carry_out(group) is None
    assert group.autonomy is Autonomy.PROPOSED


def test_the_decision_of_another_group_moves_nothing(group: Group, by: Account) -> None:
    decision = decided(make.group("Autre"), Autonomy.CO_LED)
    with pytest.raises(Refused, match="ce groupe"):
        actions.move(group, decision, by=by)


def test_a_decision_serves_once_and_an_older_one_no_more(group: Group, by: Account) -> None:
    old = decided(group, Autonomy.CO_LED, closed_at=now() - timedelta(days=30))
    first = decided(group, Autonomy.CO_LED)
    actions.move(group, first, by=by)
    actions.move(group, decided(group, Autonomy.PROPOSED), by=by)
    for spent in (first, old):
        with pytest.raises(Refused, match="déjà appliquée, ou"):
            actions.move(group, spent, by=by)
    assert group.autonomy is Autonomy.PROPOSED


def test_members_hear_of_it_but_who_takes_a_rest_and_the_journal_keeps_it(group: Group, by: Account) -> None:
    awake, resting = make.account("Amina"), make.account("Omar")
    make.membership(group, awake)
    member = make.membership(group, resting)
    db.session.add(MembershipPause(membership_id=member.id, begun_at=now()))
    actions.move(group, decided(group, Autonomy.CO_LED), by=by)
    (letter,) = db.session.scalars(select(Message)).all()
    assert letter.address == awake.email
    assert "Fixer les réunions et l’ordre du jour\u00a0: l’équipe, la coprésidence" in letter.body
    entry = db.session.scalars(select(Entry).where(Entry.verb == "autonomy moved")).one()
    assert entry.note == "proposed → co_led"


def test_who_carries_it_out(group: Group, by: Account) -> None:
    found = people(group)
    allowed = {name for name, account in found.items() if may.move(account, group)}
    assert allowed == {"co_chair"}
    assert may.move(by, group)
    assert not may.move(None, group)
    group.closed_at = now()
    assert not may.move(by, group)


def test_what_a_page_says_is_what_the_rights_say(group: Group) -> None:
    named = {
        "team": "l’équipe",
        "co_chair": "coprésidence",
        "facilitator": "animation",
        "secretary": "secrétariat",
    }
    for step in UP:
        for right, who in zip(rights(step), WHO_MAY[step], strict=True):
            assert {name for name, words in named.items() if words in right.who} == who
    assert [one.number for one in steps()] == [1, 2, 3, 4, 5]
    assert all(one.means and one.signs for one in steps())


def test_two_steps_at_once_are_taken_one_after_the_other(app: Flask) -> None:
    """Two people press at once: the second hears that it was done."""
    with app.app_context():
        group = make.group()
        by = make.account("Chloé", Role.COORDINATOR).id
        code = decided(group, Autonomy.CO_LED).code
        group_id = group.id
        db.session.commit()
    start, seen = threading.Barrier(4), []

    def press() -> None:
        start.wait(timeout=30)
        with app.test_request_context("/", method="POST"):
            held = db.session.get_one(Group, group_id)
            try:
                actions.move(held, queries.decision(held, code), by=db.session.get_one(Account, by))
                db.session.commit()
                seen.append("moved")
            except Refused:
                db.session.rollback()
                seen.append("refused")

    threads = [threading.Thread(target=press) for _press in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(seen) == ["moved", "refused", "refused", "refused"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AutonomyMove)) == 1
        assert db.session.get_one(Group, group_id).autonomy is Autonomy.CO_LED
