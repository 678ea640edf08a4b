"""Who may promise in the centre's name."""

from __future__ import annotations

import pytest

from engage.accounts.models import Role
from engage.commitments import permissions as may
from tests import make


@pytest.mark.parametrize(
    ("role", "makes", "moves"),
    [
        (Role.MEMBER, False, False),
        (Role.PARTNER, False, False),
        (Role.RELAY, False, False),
        (Role.STAFF, False, True),
        (Role.COORDINATOR, True, True),
        (Role.ADMIN, True, True),
    ],
)
def test_the_team_moves_and_coordinators_make(session: None, role: Role, makes: bool, moves: bool) -> None:
    person = make.account(role=role)
    assert may.make(person) is makes
    assert may.edit(person) is makes
    assert may.move(person) is moves
    assert may.add_step(person) is moves


def test_nobody_may_nothing() -> None:
    assert not may.make(None)
    assert not may.see_desk(None)
