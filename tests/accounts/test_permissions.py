"""Who may do what to people."""

from __future__ import annotations

import pytest

from engage.accounts import permissions as may
from engage.accounts.joining import permissions as may_join
from engage.accounts.models import Role
from engage.core.clock import now
from tests import make

PATIENTS = [Role.MEMBER, Role.PARTNER, Role.RELAY]


@pytest.mark.parametrize("role", Role)
def test_each_role_may_what_it_must(session: None, role: Role) -> None:
    person, other = make.account("Elsa", role), make.account("Amina")
    steers, sets_up = role in (Role.COORDINATOR, Role.ADMIN), role is Role.ADMIN
    assert may.see_people(person) is steers
    assert may.see_contact(person, other) is steers
    assert may.change_role(person, other) is sets_up
    assert may.end(person, other) is sets_up
    assert may.reset_second_factor(person, other) is sets_up
    assert not may.reset_second_factor(person, person)
    expected = list(Role) if sets_up else PATIENTS if steers else []
    assert [one for one in Role if may_join.invite(person, one)] == expected


def test_nobody_and_the_ended_may_nothing(session: None) -> None:
    other = make.account("Amina")
    for person in (None, make.account("Elsa", Role.ADMIN, ended_at=now())):
        assert not may.see_people(person)
        assert not may.end(person, other)
        assert not may.change_role(person, other)
        assert not may.reset_second_factor(person, other)
        assert may_join.roles(person) == []
