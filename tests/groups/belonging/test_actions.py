"""Coming into a group and leaving it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.joining import actions as house
from engage.accounts.models import Account, Invitation, Role
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.belonging import actions, joining, queries
from engage.groups.belonging.places import balance
from engage.groups.models import Group, MemberKind, Membership, Side
from engage.intake.models import Door, Reply
from engage.involvement.models import Person, Stage
from tests import make

pytestmark = pytest.mark.usefixtures("session")


def chloe() -> Account:
    return make.account("Chloé", Role.COORDINATOR)


def begun(group: Group, account: Account, kind: MemberKind = MemberKind.MEMBER) -> Membership:
    return actions.begin(
        group, account=account, side=Side.PATIENT, kind=kind, mandate_ends_on=None, by=chloe()
    )


def nadia(**values: Any) -> Person:
    facts: dict[str, Any] = {
        "submission_key": "k" * 20, "name": "Nadia", "reply": Reply.PHONE, "contact": "06 00 00 00 00",
        "door": Door.PAPER, "stage": Stage.INTEREST, "themes": [], "acts": [], "whens": [],
        "created_at": now(),
    }  # fmt: skip
    person = Person(**facts | values)
    db.session.add(person)
    db.session.flush()
    return person


def test_an_invitation_lets_one_person_in_once() -> None:
    group, amina = make.group(), make.account()
    invitation, code = actions.invite(group, account=amina, side=Side.PATIENT, by=chloe())
    assert queries.by_code(code.lower()) is invitation
    member = actions.accept(invitation, account=amina)
    assert member.is_active
    assert member.granted_by_id == invitation.invited_by_id
    assert actions.accept(invitation, account=amina) is member
    actions.end(member, by=amina)
    assert actions.accept(invitation, account=amina) is member
    assert not member.is_active


def test_an_invitation_that_was_forwarded_opens_nothing() -> None:
    invitation, _code = actions.invite(make.group(), account=make.account(), side=Side.PATIENT, by=chloe())
    with pytest.raises(Refused, match="autre personne"):
        actions.accept(invitation, account=make.account("Benoît"))
    assert invitation.ended_at is None


def test_an_invitation_lasts_fourteen_days() -> None:
    group, amina = make.group(places=1), make.account()
    invitation, _code = actions.invite(group, account=amina, side=Side.PATIENT, by=chloe())
    with time_machine.travel(now() + timedelta(days=14, minutes=1)):
        with pytest.raises(Refused):
            actions.accept(invitation, account=amina)
        again, _code = actions.invite(group, account=amina, side=Side.PATIENT, by=chloe())
        assert actions.accept(again, account=amina).is_active


def test_an_open_invitation_keeps_a_place_and_stands_alone() -> None:
    group, amina = make.group(places=1), make.account()
    actions.invite(group, account=amina, side=Side.PATIENT, by=chloe())
    assert [one.kept for one in balance(group).sides] == [1, 0, 0, 0, 0]
    with pytest.raises(Refused):
        begun(group, make.account("Benoît"))
    with pytest.raises(Refused):
        actions.invite(group, account=amina, side=Side.CARER, by=chloe())


def test_somebody_without_an_account_makes_one_and_comes_back() -> None:
    person = nadia()
    invitation, _code = actions.invite(make.group(), person=person, side=Side.PATIENT, by=chloe())
    joining.open_account(invitation)
    held = db.session.scalars(select(Invitation)).one()
    own = house.accept(held, first_name="Nadia", last_name="", email="nadia@exemple.fr")
    assert actions.accept(invitation, account=own).is_active
    assert person.account is own


def test_somebody_whose_address_is_known_comes_with_that_address() -> None:
    person = nadia(reply=Reply.MAIL, contact="Nadia@Exemple.fr")
    own = make.account("Nadia", email="nadia@exemple.fr")
    with time_machine.travel(now() + timedelta(hours=1)):
        invitation, _code = actions.invite(make.group(), person=person, side=Side.PATIENT, by=chloe())
        with pytest.raises(Refused):
            actions.accept(invitation, account=make.account("Benoît"))
        assert actions.accept(invitation, account=own).is_active


def test_nobody_belongs_twice() -> None:
    group, amina = make.group(), make.account()
    first = begun(group, amina)
    with pytest.raises(Refused):
        begun(group, amina, MemberKind.SECRETARY)
    actions.end(first, by=amina, why="  ")
    assert first.ended_why is None
    second = begun(group, amina)
    assert list(queries.history(group)) == [first, second]
    assert list(queries.active(amina)) == [second]


def test_leaving_twice_is_leaving_once() -> None:
    amina = make.account()
    member = begun(make.group(), amina)
    actions.end(member, by=amina, why="Je déménage.")
    left = member.ended_at
    actions.end(member, by=chloe(), why="Autre chose.")
    assert (member.ended_at, member.ended_why) == (left, "Je déménage.")


def test_a_mandate_does_not_end_before_it_begins() -> None:
    group, yesterday = make.group(), centre_today() - timedelta(days=1)
    with pytest.raises(Refused, match="mandat"):
        actions.invite(
            group, account=make.account(), side=Side.PATIENT, mandate_ends_on=yesterday, by=chloe()
        )


def test_a_closed_group_takes_nobody() -> None:
    group, amina = make.group(), make.account()
    invitation, _code = actions.invite(group, account=amina, side=Side.PATIENT, by=chloe())
    group.closed_at = now()
    with pytest.raises(Refused):
        begun(group, amina)
    with pytest.raises(Refused):
        actions.accept(invitation, account=amina)


def test_substitutes_do_not_go_round_in_circles() -> None:
    group, benoit, carla = make.group(places=2), make.account("Benoît"), make.account("Carla")
    holder = begun(group, make.account())
    stands_in: dict[str, Any] = {
        "side": Side.PATIENT,
        "kind": MemberKind.SUBSTITUTE,
        "mandate_ends_on": None,
        "by": chloe(),
    }
    first = actions.begin(group, account=benoit, substitute_for=holder, **stands_in)
    assert balance(group).sides[0].members == 1
    for wrong in (first, None, begun(make.group("Autre"), carla)):
        with pytest.raises(Refused):
            actions.begin(group, account=carla, substitute_for=wrong, **stands_in)
    actions.end(holder, by=holder.account)
    with pytest.raises(Refused):
        actions.begin(group, account=carla, substitute_for=holder, **stands_in)
    with pytest.raises(Refused):
        begun(group, benoit)
