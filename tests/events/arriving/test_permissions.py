"""The team stands at the door; everybody else needs a pass that the team gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engage.accounts.models import Account, Role
from engage.events.arriving import permissions as may
from tests import make

DEEDS = [
    may.open_door, may.revoke, may.read_list, may.enter_list, may.add_walk_in, may.set_head_count,
    may.close_day, may.reopen_day,
]  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
@pytest.mark.parametrize(
    ("role", "is_allowed"),
    [
        (Role.MEMBER, False),
        (Role.PARTNER, False),
        (Role.RELAY, False),
        (Role.STAFF, True),
        (Role.COORDINATOR, True),
        (Role.ADMIN, True),
    ],
)
@pytest.mark.usefixtures("session")
def test_only_the_team(deed: Callable[[Account | None], bool], role: Role, is_allowed: bool) -> None:
    assert deed(make.account(role=role)) is is_allowed
    assert deed(None) is False
