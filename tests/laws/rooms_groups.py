"""One of everything that a group has, and a value for each argument of its addresses."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from tests import make
from tests.laws import rooms_meetings, rooms_minutes


def held(number: int, owner: Account) -> dict[tuple[str, str], Any]:
    """A group with its owner in it, as a facilitator would be; needs an application context."""
    group = make.group(f"Commission {number}", mandate="Aider à mieux accueillir.")
    member = make.membership(group, owner)
    return {
        ("space", "code"): group.code,
        ("belonging", "code"): group.code,
        ("belonging.arrive", "code"): "ABCDEFGH",
        ("belonging_desk", "code"): group.code,
        ("belonging_desk", "member"): member.code,
        ("group_desk", "code"): group.code,
        ("group_desk", "kind"): "commission",
        **rooms_meetings.held(group, member, owner),
        **rooms_minutes.held(group, owner),
    }
