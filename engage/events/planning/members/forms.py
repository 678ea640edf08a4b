"""What the team types when somebody joins a group at the desk or on the phone."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField

from engage.core.forms import options
from engage.core.i18n import lazy_gettext as _l
from engage.events.kinds import CompanionRole
from engage.events.planning.guests.forms import BESIDE, EnterForm
from engage.events.words import ROLES

OF_ONE_DATE = ("photos", "reminder", "is_partner", "door", "slots")


class JoinForm(EnterForm):
    """Companions by role: their names are not kept for a group; no question of one date."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = [f"{part}_{place}" for place in BESIDE for part in ("name", "answer")]
        for name in (*OF_ONE_DATE, *beside):
            if name in self:
                del self[name]
        for role in self.roles:
            role.choices = options([("", _l("Nobody")), *ROLES.items()])

    @property
    def roles(self) -> list[SelectField]:
        return [self[f"role_{place}"] for place in BESIDE]

    @property
    def companions(self) -> list[tuple[CompanionRole, str]]:
        return [(CompanionRole(role.data), "") for role in self.roles if role.data]

    @property
    def wanted(self) -> dict[str, Any]:
        """What `joining.actions.join` takes, beside the group and who acts."""
        contacts = {"mail": self.mail.data, "phone": self.phone.data}
        same = ("submission_key", "name", "reply", "needs", "needs_words", "language")
        return {name: self[name].data for name in same} | {
            "contact": contacts.get(self.reply.data),
            "companions": self.companions,
            "answers": [],
        }
