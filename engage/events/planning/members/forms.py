"""What the team types when somebody joins a group at the desk or on the phone."""

from __future__ import annotations

from typing import Any

from engage.events.planning.guests.forms import EnterForm

OF_ONE_DATE = ("is_partner", "door")


class JoinForm(EnterForm):
    """Without what holds for one date alone: a partner patient has an account, and says so there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in OF_ONE_DATE:
            del self[name]
