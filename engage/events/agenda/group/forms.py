"""Joining a group: what signing up asks, without what holds for one date alone."""

from __future__ import annotations

from typing import Any

from wtforms import Field

from engage.events.agenda.entering.forms import EnterForm
from engage.events.agenda.forms import LINES
from engage.events.kinds import CompanionRole

OF_ONE_DATE = ("photos", "reminder")


class JoinForm(EnterForm):
    """Companions by role: their names are not kept for a group."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*OF_ONE_DATE, *(f"name_{place}" for place in LINES)):
            if name in self:
                del self[name]

    @property
    def roles(self) -> list[Field]:
        return [self[f"role_{place}"] for place in LINES]

    @property
    def companions(self) -> list[tuple[CompanionRole, str]]:
        return [(CompanionRole(role.data), "") for role in self.roles if role.data]
