"""Rooms of calls: one that is open, somebody who applied, a charter, a step of autonomy."""

from __future__ import annotations

import secrets
from typing import Any

from engage.accounts.models import Account
from engage.groups.calling.applying import sealed
from tests import make
from tests.groups.calling.sample import applied, call


def held(number: int, owner: Account) -> dict[tuple[str, str], Any]:
    """One more of each."""
    group = make.group(f"Groupe {number}")
    asked = call(owner, title=f"Relire nos courriers {number}", group_id=group.id)
    made = applied(asked, f"Amina {secrets.token_hex(4)}")
    draft = call(owner, published=False)
    return {
        ("calls", "code"): asked.code, ("calls_desk", "code"): asked.code,
        ("calls_desk.discard", "code"): draft.code, ("applications.apply", "code"): asked.code,
        ("applications.ask_in", "code"): group.code, ("applications", "code"): made.code,
        ("applications", "given"): sealed.seal(made.code), ("applications_desk", "code"): made.code,
        ("applications_desk.enter", "code"): asked.code,
    }  # fmt: skip
