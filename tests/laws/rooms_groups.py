"""One of everything that a group has, and a value for each argument of its addresses."""

from __future__ import annotations

from typing import Any

from engage.groups.charter import actions as charters
from engage.groups.models import MemberKind
from tests import make
from tests.laws import rooms_meetings, rooms_minutes
from tests.laws.insiders import insider


def held(number: int) -> dict[tuple[str, str], Any]:
    """A group with Clara in it, as a facilitator would be, and Basile who co-chairs it."""
    owner = insider("Clara")
    group = make.group(f"Commission {number}", mandate="Aider à mieux accueillir.")
    member = make.membership(group, owner)
    make.membership(group, insider("Basile"), kind=MemberKind.CO_CHAIR)
    charter = charters.draft(group, by=owner)
    charters.publish(charter, group, version=charter.version, by=owner)
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
