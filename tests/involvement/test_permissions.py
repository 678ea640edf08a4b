"""The way of somebody is the team's and their own."""

from __future__ import annotations

import pytest

from engage.accounts.models import Role
from engage.involvement import permissions as may_people
from engage.involvement.pathway import permissions as may
from tests import make

DEEDS = [
    *(getattr(may_people, name) for name in vars(may_people) if not name.startswith("_")),
    *(getattr(may, name) for name in vars(may) if not name.startswith("_")),
]
VERBS = [deed for deed in DEEDS if getattr(deed, "__module__", "").endswith("permissions")]


@pytest.mark.parametrize("role", list(Role))
def test_the_team_and_nobody_else(session: None, role: Role) -> None:
    person = make.account("Zoé", role)
    assert len(VERBS) > 10
    for verb in VERBS:
        assert verb(person) is person.is_staff, verb
        assert verb(None) is False, verb
