"""Two at the same moment, on both engines, in two applications as two processes have."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from engage.accounts.models import Account, Role
from engage.app import create_app
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.belonging import actions, lasting, places
from engage.groups.belonging.models import GroupInvitation, Renewal
from engage.groups.models import Group, MemberKind, Membership, Side
from tests import make
from tests.conftest import SECRET_KEYS
from tests.groups.belonging.test_actions import nadia

ROUNDS = 25 if os.environ.get("ENGAGE_TEST_DEEP") else 4
TRIES = 5
Deed = Callable[[], object]


@pytest.fixture
def apps(app: Flask) -> Iterator[list[Flask]]:
    """What one of them locks in memory does not help the other."""
    made = [create_app(app.extensions["engage_settings"], SECRET_KEYS) for _number in range(2)]
    for one in made:
        if one.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
            with one.app_context():
                event.listen(
                    db.engine, "connect", lambda held, _record: held.execute("PRAGMA synchronous=OFF")
                )
    yield made
    for one in made:
        with one.app_context():
            db.session.remove()
            db.engine.dispose()


def at_once(apps: list[Flask], *deeds: Deed) -> list[str]:
    """Each deed in a unit of its own, all at the same moment; how each ended."""
    start, ends = threading.Barrier(len(deeds)), ["never"] * len(deeds)

    def run(place: int) -> None:
        start.wait(timeout=30)
        for _time in range(TRIES):
            with apps[place % len(apps)].app_context():
                ends[place] = unit(deeds[place])
            if ends[place] != "busy":
                return

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return ends


def unit(deed: Deed) -> str:
    """Every other fault stands in the answer, so that no test takes it for a refusal."""
    try:
        deed()
        db.session.commit()
    except Refused:
        db.session.rollback()
        return "refused"
    except OperationalError as fault:
        db.session.rollback()
        return "busy" if "lock" in str(fault.orig) else f"{fault!r}"
    except Exception as fault:  # noqa: BLE001 - whatever it is, the test must fail with it
        db.session.rollback()
        return f"{fault!r}"
    return "done"


def row(table: type[Any], row_id: int) -> Any:
    return db.session.get_one(table, row_id)


def active(group: int) -> list[Membership]:
    return list(db.session.scalars(select(Membership).filter_by(group_id=group, ended_at=None)))


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_invitations_accepted_at_once_are_one_membership(apps: list[Flask], round_: int) -> None:
    """Of the same person, who came by two ways: one for the account, one for who they were before it."""
    with apps[0].app_context():
        group, by, amina = make.group(), make.account("Chloé", Role.COORDINATOR), make.account()
        first, _code = actions.invite(group, account=amina, side=Side.PATIENT, by=by)
        person = nadia_of(amina)
        second, _code = actions.invite(group, person=person, side=Side.CARER, by=by)
        db.session.commit()
        ids = (first.id, second.id, amina.id, group.id)

    def accepting(which: int) -> Deed:
        return lambda: actions.accept(row(GroupInvitation, ids[which]), account=row(Account, ids[2]))

    ends = at_once(apps, accepting(0), accepting(1), accepting(0), accepting(1))
    assert sorted(ends) == ["done", "done", "refused", "refused"]
    with apps[0].app_context():
        assert len(active(ids[3])) == 1


def nadia_of(account: Account) -> Any:
    return nadia(account_id=account.id, submission_key=f"race {account.actor_id}"[:64])


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_the_last_place_of_a_side_goes_to_one(apps: list[Flask], round_: int) -> None:
    """Somebody joins, is let in by the team, and is invited: all want the same place."""
    with apps[0].app_context():
        group, by = make.group(places=1), make.account("Chloé", Role.COORDINATOR)
        people = [make.account(f"Personne{number}").id for number in range(4)]
        db.session.commit()
        group_id, by_id = group.id, by.id

    def here() -> Group:
        return db.session.get_one(Group, group_id)

    def let_in(person: int) -> Deed:
        return lambda: actions.begin(
            here(), account=row(Account, person), side=Side.PATIENT, kind=MemberKind.MEMBER,
            mandate_ends_on=None, by=row(Account, by_id),
        )  # fmt: skip

    ends = at_once(
        apps,
        lambda: actions.join(here(), Side.PATIENT, by=row(Account, people[0])),
        let_in(people[1]),
        let_in(people[2]),
        lambda: actions.invite(
            here(), account=row(Account, people[3]), side=Side.PATIENT, by=row(Account, by_id)
        ),
    )
    assert sorted(ends) == ["done", "refused", "refused", "refused"]
    with apps[0].app_context():
        (patients, *_others) = places.balance(here()).sides
        assert (patients.members + patients.kept, patients.free) == (1, 0)


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_who_leaves_while_being_renewed_has_left(apps: list[Flask], round_: int) -> None:
    """Whichever comes first: nobody is kept by a yes that was pressed in the same moment."""
    with apps[0].app_context():
        group, amina = make.group(), make.account()
        soon = centre_today() + timedelta(days=30)
        member = make.membership(group, amina, mandate_ends_on=soon, begun_at=now() - timedelta(days=700))
        db.session.add(
            Renewal(membership=member, proposed_at=now(), mandate_ends_on=soon + timedelta(days=700))
        )
        db.session.commit()
        ids = (member.id, amina.id, group.id)

    def leave() -> None:
        actions.end(row(Membership, ids[0]), by=row(Account, ids[1]))

    def renew() -> None:
        lasting.answer(row(Renewal, ids[0]), True, by=row(Account, ids[1]))

    ends = at_once(apps, leave, renew, renew, leave)
    assert ends[0] == ends[3] == "done"
    assert {*ends[1:3]} <= {"done", "refused"}
    with apps[0].app_context():
        assert active(ids[2]) == []
        lived = list(db.session.scalars(select(Membership).filter_by(group_id=ids[2])))
        assert len(lived) <= 2


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_control_without_the_lock_the_last_place_is_given_twice(
    apps: list[Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the tests above would not notice. SQLite has one writer at a time, whatever a row is for."""
    monkeypatch.setattr(places, "lock", lambda _group, _side: db.session.flush())
    for round_ in range(30):
        try:
            test_the_last_place_of_a_side_goes_to_one(apps, round_)
        except AssertionError:
            return
    pytest.fail("the test above would not notice a place given twice")


def test_two_presses_let_in_one_person_without_mail(apps: list[Flask], app: Flask) -> None:
    """Whoever has the same name and another number is somebody else."""
    with app.app_context():
        held, by_id = make.group().id, make.account("Chloé", Role.COORDINATOR).id
        db.session.commit()

    def enter(phone: str) -> Membership:
        group, by = db.session.get_one(Group, held), db.session.get_one(Account, by_id)
        said: dict[str, Any] = {"first_name": "Lucien", "last_name": "Petit", "address": ""}
        return actions.enter(group, **said, phone=phone, side=Side.PATIENT, mandate_ends_on=None, by=by)

    numbers = ["04 11 22 33 44"] * 3 + ["04 55 66 77 88"]
    at_once(apps, *(partial(enter, phone) for phone in numbers))
    with app.app_context():
        found = db.session.scalars(select(Account).filter_by(first_name="Lucien")).all()
        assert sorted(one.phone or "" for one in found) == sorted(set(numbers))
        assert len(db.session.scalars(select(Membership)).all()) == len(found)
