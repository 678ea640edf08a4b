"""The paper box is the team's."""

from __future__ import annotations

import pytest

from engage.accounts.models import Role
from engage.ideas.paper import permissions as may
from tests import make

VERBS = (
    may.see,
    may.print_slips,
    may.open_batch,
    may.enter,
    may.discard,
    may.put_back,
    may.recount,
    may.close_batch,
)


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_the_team_alone(verb: object) -> None:
    assert callable(verb)
    allowed = {role for role in Role if verb(make.account("Dominique", role))}
    assert allowed == {Role.STAFF, Role.COORDINATOR, Role.ADMIN}
    assert not verb(None)
