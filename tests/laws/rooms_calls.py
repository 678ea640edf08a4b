"""Rooms of calls: one that is open, somebody who applied, a charter, a step of autonomy."""

from __future__ import annotations

import secrets
from typing import Any

from engage.accounts.models import Account
from engage.groups.calling.applying import sealed
from engage.groups.charter import actions as charters
from engage.groups.models import Autonomy
from tests import make
from tests.groups.autonomy.test_moving import decided
from tests.groups.calling.sample import applied, call


def held(number: int, owner: Account) -> dict[tuple[str, str], Any]:
    """One more of each."""
    group = make.group(f"Groupe {number}")
    asked = call(owner, title=f"Relire nos courriers {number}", group_id=group.id)
    made = applied(asked, f"Amina {secrets.token_hex(4)}")
    draft = call(owner, published=False)
    member = make.membership(group, make.account(f"Marcel {number}"))
    charter = charters.draft(group, by=owner)
    charters.publish(charter, group, version=charter.version, by=owner)
    charters.draft(group, by=owner)
    return {
        ("calls", "code"): asked.code, ("calls_desk", "code"): asked.code,
        ("calls_desk.discard", "code"): draft.code, ("applications.apply", "code"): asked.code,
        ("applications.ask_in", "code"): group.code, ("applications", "code"): made.code,
        ("applications", "given"): sealed.seal(made), ("applications_desk", "code"): made.code,
        ("applications_desk.enter", "code"): asked.code,
        ("charters", "code"): group.code, ("charters", "number"): charter.number,
        ("charters_desk", "code"): group.code, ("charters_desk", "member"): member.code,
        ("autonomy", "code"): group.code, ("autonomy", "decision"): decided(group, Autonomy.CO_LED).code,
    }  # fmt: skip
