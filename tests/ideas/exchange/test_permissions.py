"""Who brings ideas in, who takes them out, and who sees contacts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engage.accounts.models import Account, Role
from engage.ideas.exchange import permissions as may
from tests import make

STEERING = {Role.COORDINATOR, Role.ADMIN}


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    ("verb", "roles"),
    [
        (may.take_out, STEERING | {Role.STAFF}),
        (may.take_out_contacts, STEERING),
        (may.bring_in, STEERING),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_who_may(verb: Callable[[Account | None], bool], roles: set[Role]) -> None:
    assert {role for role in Role if verb(make.account("Dominique", role))} == roles
    assert not verb(None)
